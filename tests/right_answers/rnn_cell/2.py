import numpy as np


def rnn_cell(x, h, W_x, W_h, b):
    N, H = h.shape
    h_next = np.zeros((N, H))
    for n in range(N):
        for j in range(H):
            s = b[j]
            for d in range(x.shape[1]):
                s = s + W_x[j, d] * x[n, d]
            for k in range(H):
                s = s + W_h[j, k] * h[n, k]
            h_next[n, j] = np.tanh(s)
    return h_next
