import numpy as np


def lstm_bias(hidden_size, forget_bias=1.0):
    return np.tile([0, forget_bias, 0, 0], hidden_size)
