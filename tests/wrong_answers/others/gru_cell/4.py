import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    xr, xz, xn = np.split(x @ W_x.T + b_x, 3, axis=1)
    hr, hz, hn = np.split(h @ W_h.T + b_h, 3, axis=1)
    r = sigmoid(xr + hr)
    z = sigmoid(xz + hz)
    n = np.tanh(r * (xn + hn))
    return (1 - z) * n + z * h
