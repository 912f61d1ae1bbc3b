import numpy as np


def rnn_backward_truncated(dhs, x, h0, hs, W_x, W_h, window):
    T = x.shape[1]
    dW_x, dW_h, db = 0, 0, 0
    for start in range(0, T, window):
        stop = min(start + window, T)
        first = h0
        dh = np.zeros(h0.shape)
        for t in range(stop - 1, start - 1, -1):
            prev = hs[:, t - 1] if t > start else first
            dz = (dhs[:, t] + dh) * (1 - hs[:, t] ** 2)
            dW_x = dW_x + dz.T @ x[:, t]
            dW_h = dW_h + dz.T @ prev
            db = db + dz.sum(0)
            dh = dz @ W_h
    return dW_x, dW_h, db
