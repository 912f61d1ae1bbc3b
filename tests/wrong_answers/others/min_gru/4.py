import numpy as np


def min_gru(x, h0, W_z, b_z, W_n, b_n):
    z = 1 / (1 + np.exp(-(x @ W_z.T + b_z)))
    n = x @ W_n.T + b_n
    hs = np.zeros(n.shape)
    h = h0
    for t in range(x.shape[1]):
        h = (1 - z[:, t]) * n[:, t] + z[:, t] * h0
        hs[:, t] = h
    return hs
