import numpy as np


def lstm_bias(hidden_size, forget_bias=1.0):
    b = np.zeros(4 * hidden_size)
    b[2 * hidden_size:3 * hidden_size] = forget_bias
    return b
