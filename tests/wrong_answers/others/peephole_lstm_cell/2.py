import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def peephole_lstm_cell(x, h, c, W_x, W_h, b, p):
    z_i, z_f, z_g, z_o = np.split(x @ W_x.T + h @ W_h.T + b, 4, axis=1)
    i = sigmoid(z_i + p[1] * c)
    f = sigmoid(z_f + p[0] * c)
    g = np.tanh(z_g)
    c_next = f * c + i * g
    o = sigmoid(z_o + p[2] * c_next)
    return o * np.tanh(c_next), c_next
