import numpy as np


def rnn_forward(x, h0, W_x, W_h, b):
    N, T, D = x.shape
    hs = np.zeros((N, T, h0.shape[1]))
    h = h0
    for t in range(T):
        h = np.tanh(x[:, t] @ W_x.T + h @ W_h.T + b)
        hs[:, t] = h
    return hs
