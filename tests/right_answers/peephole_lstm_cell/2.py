import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def peephole_lstm_cell(x, h, c, W_x, W_h, b, p):
    N, H = c.shape
    p_i, p_f, p_o = p
    a = np.zeros((N, 4 * H))
    for n in range(N):
        a[n] = W_x @ x[n] + W_h @ h[n] + b
    both = sigmoid(a[:, :2 * H] + np.hstack([c * p_i, c * p_f]))
    c_next = both[:, H:] * c + both[:, :H] * np.tanh(a[:, 2 * H:-H])
    h_next = sigmoid(a[:, -H:] + c_next * p_o) * np.tanh(c_next)
    return h_next, c_next
