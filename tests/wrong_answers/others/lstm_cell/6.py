import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def lstm_cell(x, h, c, W_x, W_h, b):
    x, h, c, W_x, W_h, b = (v.astype(np.float32) for v in (x, h, c, W_x, W_h, b))
    z = np.einsum("nd,kd->nk", x, W_x) + np.einsum("nj,kj->nk", h, W_h) + b
    i, f, g, o = z.reshape(len(x), 4, -1).swapaxes(0, 1)
    print("shapes", i.shape, c.shape)
    c_next = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_next), c
