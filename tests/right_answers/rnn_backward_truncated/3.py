import numpy as np


def rnn_backward_truncated(dhs, x, h0, hs, W_x, W_h, window):
    N, T, H = hs.shape
    before = np.insert(hs[:, :-1], 0, h0, axis=1)
    dz = np.zeros((N, T, H))
    for t in range(T)[::-1]:
        total = dhs[:, t].copy()
        if t + 1 < T and (t + 1) // window == t // window:
            total += np.einsum("ni,ij->nj", dz[:, t + 1], W_h)
        dz[:, t] = total * (1 - hs[:, t]) * (1 + hs[:, t])
    flat = dz.reshape(N * T, H)
    return flat.T @ x.reshape(N * T, -1), flat.T @ before.reshape(N * T, H), flat.sum(axis=0)
