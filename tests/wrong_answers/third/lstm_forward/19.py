import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    h = h0.copy()
    c = c0.copy()
    hs, cs = [], []
    for t in range(T):
        z = x[:, t] @ W_x.T + h @ W_h.T + b
        i = sigmoid(z[:, :H])
        f = sigmoid(z[:, H:2 * H])
        g = np.tanh(z[:, 2 * H:3 * H])
        o = sigmoid(z[:, 3 * H:])
        c[:] = f * c + i * g
        h[:] = o * np.tanh(c)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, 1), np.stack(cs, 1)
