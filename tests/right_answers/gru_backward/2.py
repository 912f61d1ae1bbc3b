import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def gru_backward(dhs, x, h0, hs, W_x, W_h, b_x, b_h):
    N, T, H = hs.shape
    before = np.concatenate([h0[:, None], hs[:, :-1]], axis=1)
    xr, xz, xn = np.split(x @ W_x.T + b_x, 3, axis=2)
    hr, hz, hn = np.split(before @ W_h.T + b_h, 3, axis=2)
    r, z = sigmoid(xr + hr), sigmoid(xz + hz)
    n = np.tanh(xn + r * hn)
    # local derivatives of h_t for all steps at once
    by_n = (1 - z) * (1 - n * n)
    by_r = by_n * hn * r * (1 - r)
    by_z = (before - n) * z * (1 - z)
    local_x = np.concatenate([by_r, by_z, by_n], axis=2)
    local_h = np.concatenate([by_r, by_z, by_n * r], axis=2)
    total = np.zeros_like(hs)
    carry = np.zeros_like(h0)
    for t in reversed(range(T)):
        total[:, t] = dhs[:, t] + carry
        carry = total[:, t] * z[:, t] + (np.tile(total[:, t], 3) * local_h[:, t]) @ W_h
    gx = np.tile(total, 3) * local_x
    gh = np.tile(total, 3) * local_h
    dW_x = np.einsum("ntg,ntd->gd", gx, x)
    dW_h = np.einsum("ntg,ntk->gk", gh, before)
    return gx @ W_x, carry, dW_x, dW_h, gx.sum((0, 1)), gh.sum((0, 1))
