import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gru_backward(dhs, x, h0, hs, W_x, W_h, b_x, b_h):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db_x = np.zeros_like(b_x)
    db_h = np.zeros_like(b_h)
    dh_next = np.zeros_like(h0)
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t - 1] if t > 0 else h0
        a = x[:, t] @ W_x.T + b_x
        u = h_prev @ W_h.T + b_h
        r = sigmoid(a[:, :H] + u[:, :H])
        z = sigmoid(a[:, H:2 * H] + u[:, H:2 * H])
        hn = u[:, 2 * H:]
        n = np.tanh(a[:, 2 * H:] + r * hn)

        dh = dhs[:, t] + dh_next
        dn = dh * z
        dz = dh * (h_prev - n)
        dn_pre = dn * (1 - n ** 2)
        dr = dn_pre * hn
        dr_pre = dr * r * (1 - r)
        dz_pre = dz * z * (1 - z)
        da = np.concatenate([dr_pre, dz_pre, dn_pre], axis=1)
        du = np.concatenate([dr_pre, dz_pre, dn_pre * r], axis=1)

        dx[:, t] = da @ W_x
        dW_x += da.T @ x[:, t]
        dW_h += du.T @ h_prev
        db_x += da.sum(axis=0)
        db_h += du.sum(axis=0)
        dh_next = dh * z + du @ W_h
    return dx, dh_next, dW_x, dW_h, db_x, db_h
