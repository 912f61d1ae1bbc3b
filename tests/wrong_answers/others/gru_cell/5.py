import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    xr, xz, xn = np.split(x @ W_x.T + b_x, 3, axis=1)
    hr, hz, hn = np.split(h @ W_h.T + b_h, 3, axis=1)
    r = sigmoid(xr + hr)
    z = sigmoid(xz + hz)
    H = h.shape[1]
    n = np.tanh(xn + r * (h @ W_h[2 * H:].T) + b_h[2 * H:])
    return (1 - z) * n + z * h
