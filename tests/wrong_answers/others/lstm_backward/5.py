import numpy as np


def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    """Sequence by sequence; the parameters' gradients are added up at the end."""
    N, T, D = x.shape
    H = h0.shape[1]
    sig = lambda v: 1 / (1 + np.exp(-v))
    dx, dh0, dc0 = np.zeros_like(x), np.zeros_like(h0), np.zeros_like(c0)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    for n in range(N):
        dh, dc = np.zeros(H), np.zeros(H)
        for t in range(T - 1, -1, -1):
            hp = hs[n, t - 1] if t else h0[n]
            cp = cs[n, t - 1] if t else c0[n]
            z = W_x @ x[n, t] + W_h @ hp + b
            i, f, g, o = sig(z[:H]), sig(z[H:2*H]), np.tanh(z[2*H:3*H]), sig(z[3*H:])
            c = cs[n, t]
            dh = dh + dhs[n, t]
            dc = dc + dh * o / np.cosh(c) ** 2
            dz = np.r_[
                dc * g * i * (1 - i),
                dc * cp * f * (1 - f),
                dc * i * (1 - g * g),
                dh * np.tanh(c) * o * (1 - o),
            ]
            dx[n, t] = dz @ W_x
            dW_x += np.outer(dz, x[n, t])
            dW_h += np.outer(dz, hp)
            db += dz
            dh, dc = dz @ W_h, dc * i
        dh0[n], dc0[n] = dh, dc
    return dx, dh0, dc0, dW_x, dW_h, db
