import numpy as np


def rnn_backward(dhs, x, h0, hs, W_x, W_h):
    """One sequence after the other, one step after the other."""
    N, T, D = x.shape
    H = h0.shape[1]
    dx, dh0 = np.zeros((N, T, D)), np.zeros((N, H))
    dW_x, dW_h, db = np.zeros((H, D)), np.zeros((H, H)), np.zeros(H)

    def back(n, t, dh):
        nonlocal dW_x, dW_h, db
        if t < 0:
            dh0[n] = dh
            return
        total = dhs[n, t] + dh
        dz = total * (1 - hs[n, t] * hs[n, t])
        prev = h0[n] if t == 0 else hs[n, t - 1]
        dx[n, t] = W_x.T @ dz
        dW_x = dW_x + np.outer(dz, x[n, t])
        dW_h = dW_h + np.outer(dz, prev)
        db = db + dz
        back(n, t - 1, W_h.T @ dz)

    for n in range(N):
        back(n, T - 1, np.zeros(H))
    return dx, dh0, dW_x, dW_h, db
