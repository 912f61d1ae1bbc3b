import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def gru_cell_reset_before(x, h, W_x, W_h, b_x, b_h):
    N, H = h.shape
    rows = []
    for x_n, h_n in zip(x, h):
        gate = sigmoid((W_x @ x_n + b_x + W_h @ h_n + b_h)[:2 * H])
        r, z = gate.reshape(2, H)
        n = np.tanh((W_x @ x_n + b_x + W_h @ (r * h_n) + b_h)[2 * H:])
        rows.append(z * h_n + (1 - z) * n)
    return np.array(rows)
