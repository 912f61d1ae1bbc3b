# mistake: the gates are read interleaved (every fourth column) instead of as four consecutive blocks of H columns
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    a = x @ W_x.T + h @ W_h.T + b
    i = sigmoid(a[:, 0::4])
    f = sigmoid(a[:, 1::4])
    g = np.tanh(a[:, 2::4])
    o = sigmoid(a[:, 3::4])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
