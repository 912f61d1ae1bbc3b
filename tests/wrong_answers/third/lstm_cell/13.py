import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_cell(x, h, c, W_x, W_h, b):
    xh = np.concatenate([x, h], axis=1)
    W = np.concatenate([W_x, W_h], axis=1)
    gates = (xh @ W.T + b).reshape(x.shape[0], -1, 4)
    i, f, o = (sigmoid(gates[:, :, k]) for k in (0, 1, 3))
    g = np.tanh(gates[:, :, 2])
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next
