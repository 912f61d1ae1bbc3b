import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_cell(x, h, c, W_x, W_h, b):
    N, D = x.shape
    H = h.shape[1]
    a = np.dot(x, W_x.T) + np.dot(h, W_h.T) + b
    i = sigmoid(a[:, :H])
    f = sigmoid(a[:, H:2 * H] + 1.0)
    g = np.tanh(a[:, 2 * H:3 * H])
    o = sigmoid(a[:, 3 * H:])
    c_new = f * c + i * g
    h_new = o * np.tanh(c_new)
    return h_new, c_new
