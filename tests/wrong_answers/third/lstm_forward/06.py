import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = np.split(x @ W_x.T + h @ W_h.T + b, 4, axis=-1)
    c_next = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h_next = sigmoid(o) * np.tanh(c_next)
    return h_next, c_next


def lstm_forward(x, h0, c0, W_x, W_h, b):
    h, c = h0, c0
    hs, cs = [], []
    for t in range(x.shape[1]):
        h, c = lstm_cell(x[:, t, :], h, c, W_x, W_h, b)
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)
