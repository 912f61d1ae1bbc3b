import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gru_forward(x, h0, W_x, W_h, b_x, b_h):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    h = h0
    for t in range(T):
        a = x[:, t] @ W_x.T + b_x
        u = h @ W_h.T + b_h
        r = sigmoid(a[:, :H] + u[:, :H])
        z = sigmoid(a[:, H:2 * H] + u[:, H:2 * H])
        n = np.tanh(a[:, 2 * H:] + r * u[:, 2 * H:])
        h = (1 - z) * n + z * h
        hs[:, t] = h
    return hs
