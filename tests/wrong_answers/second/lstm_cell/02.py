# mistake: the blocks are taken in TensorFlow's order i, g, f, o, so candidate and forget gate use each other's rows
import numpy as np

def sigmoid(v):
    return 1.0 / (1.0 + np.exp(-v))

def lstm_cell(x, h, c, W_x, W_h, b):
    gates = np.matmul(x, W_x.T) + np.matmul(h, W_h.T) + b
    i, j, f, o = np.split(gates, 4, axis=1)
    new_c = c * sigmoid(f) + sigmoid(i) * np.tanh(j)
    new_h = np.tanh(new_c) * sigmoid(o)
    return new_h, new_c
