import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    N, H = h.shape
    out = np.zeros((N, H))
    for k in range(N):
        for j in range(H):
            r = sigmoid(W_x[j] @ x[k] + b_x[j] + W_h[j] @ h[k] + b_h[j])
            z = sigmoid(W_x[H + j] @ x[k] + b_x[H + j] + W_h[H + j] @ h[k] + b_h[H + j])
            q = W_h[2 * H + j] @ h[k] + b_h[2 * H + j]
            n = np.tanh(W_x[2 * H + j] @ x[k] + b_x[2 * H + j] + r * q)
            out[k, j] = n + z * (h[k, j] - n)
    return out
