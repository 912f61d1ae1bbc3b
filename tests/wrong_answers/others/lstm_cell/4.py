import math

import numpy as np


def sig(v):
    return 1.0 / (1.0 + math.exp(-v)) if v > -700 else 0.0


def lstm_cell(x, h, c, W_x, W_h, b):
    N, D = x.shape
    H = h.shape[1]
    h_next = np.zeros((N, H))
    c_next = np.zeros((N, H))
    for n in range(N):
        z = []
        for row in range(4 * H):
            total = b[row]
            for d in range(D):
                total += W_x[row][d] * x[n][d]
            for j in range(H):
                total += W_h[row][j] * h[n][j]
            z.append(total)
        for j in range(H):
            i = sig(z[j])
            f = sig(z[H + j])
            g = math.tanh(z[2 * H + j])
            o = sig(z[3 * H + j])
            c_next[n][j] = f * c[n][j] + i * g
            h_next[n][j] = o * math.tanh(c[n][j])
    return h_next, c_next
