import numpy as np


def lstm_forward(x, h0, c0, W_x, W_h, b):
    def sigma(z):
        return np.exp(-np.logaddexp(0, -z))

    N, T, _ = x.shape
    H = h0.shape[-1]
    out = np.zeros((2, N, T, H))
    for n in range(N):
        h, c = h0[n], c0[n]
        for t in range(T):
            i, f, g, o = np.split(W_x.dot(x[n, t]) + W_h.dot(h) + b, 4)
            c = sigma(f) * c + sigma(i) * np.tanh(g)
            h = sigma(o) * np.tanh(c)
            out[0, n, t], out[1, n, t] = h, c
    return out[0], out[1]
