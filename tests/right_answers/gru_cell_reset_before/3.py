import numpy as np


def gru_cell_reset_before(x, h, W_x, W_h, b_x, b_h):
    W = W_x.reshape(3, -1, x.shape[1])
    U = W_h.reshape(3, h.shape[1], h.shape[1])
    a = np.einsum("nd,ghd->gnh", x, W) + (b_x + b_h).reshape(3, 1, -1)
    s = 1 / (1 + np.exp(-(a[:2] + np.einsum("nk,ghk->gnh", h, U[:2]))))
    n = np.tanh(a[2] + np.einsum("nk,nk,hk->nh", s[0], h, U[2]))
    return n - s[1] * n + s[1] * h
