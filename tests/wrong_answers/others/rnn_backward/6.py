import numpy as np


def rnn_backward(dhs, x, h0, hs, W_x, W_h):
    slope = 1.0 - np.square(hs)
    before = np.concatenate([h0[:, np.newaxis], hs[:, :-1]], axis=1)
    dz = np.empty_like(hs)
    carry = 0.0
    for t in reversed(range(hs.shape[1])):
        dz[:, t] = (dhs[:, t] + carry) * slope[:, t]
        carry = dz[:, t] @ W_h
    return (
        dz @ W_x,
        carry,
        np.einsum("nth,ntd->hd", dz, x),
        np.einsum("nti,ntj->ij", dz, before),
        dz.mean((0, 1)),
    )
