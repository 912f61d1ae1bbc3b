import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gru_cell_reset_before(x, h, W_x, W_h, b_x, b_h):
    H = h.shape[1]
    Wxr, Wxz, Wxn = W_x[:H], W_x[H:2 * H], W_x[2 * H:]
    Whr, Whz, Whn = W_h[:H], W_h[H:2 * H], W_h[2 * H:]
    b_r, b_z, b_n = np.split(b_x + b_h, 3)
    r = sigmoid(x @ Wxr.T + h @ Whr.T + b_r)
    z = sigmoid(x @ Wxz.T + h @ Whz.T + b_z)
    n = np.tanh(x @ Wxn.T + (r * h) @ Whn.T + b_n)
    return (1 - z) * n + z * (r * h)
