import numpy as np


def rnn_backward_truncated(dhs, x, h0, hs, W_x, W_h, window):
    N, T, D = x.shape
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros(len(W_h))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(T)):
        h_prev = h0 if t == 0 else hs[:, t - 1]
        dz = (dhs[:, t] + dh_next) * (1 - hs[:, t] ** 2)
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dh_next = dz @ W_h
    return dW_x, dW_h, db
