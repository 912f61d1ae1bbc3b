import numpy as np


def gru_backward(dhs, x, h0, hs, W_x, W_h, b_x, b_h):
    s = lambda v: 1 / (1 + np.exp(-v))
    N, T, D = x.shape
    H = h0.shape[1]
    dx, dh0 = np.zeros((N, T, D)), np.zeros((N, H))
    dW_x, dW_h = np.zeros((3 * H, D)), np.zeros((3 * H, H))
    db_x, db_h = np.zeros(3 * H), np.zeros(3 * H)
    R, Z, C = slice(0, H), slice(H, 2 * H), slice(2 * H, 3 * H)
    for k in range(N):
        g = np.zeros(H)
        for t in range(T)[::-1]:
            old = hs[k, t - 1] if t else h0[k]
            px, ph = W_x @ x[k, t] + b_x, W_h @ old + b_h
            r, z = s(px[R] + ph[R]), s(px[Z] + ph[Z])
            n = np.tanh(px[C] + r * ph[C])
            g = g + dhs[k, t]
            d = np.zeros(3 * H)
            d[C] = g * (1 - z) * (1 - n * n)
            d[Z] = g * (old - n) * z * (1 - z)
            d[R] = d[C] * ph[C] * r * (1 - r)
            e = d.copy()
            e[C] *= r
            dx[k, t] = d @ W_x
            dW_x += np.outer(d, x[k, t])
            dW_h += np.outer(e, old)
            db_x += d
            db_h += e
            g = g * z + e @ W_h
        dh0[k] = g
    return dx, dh0, dW_x, dW_h, db_x, db_h
