import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_cell(x, h, c, W_x, W_h, b):
    n, hidden = h.shape
    h_next = np.zeros((n, hidden))
    c_next = np.zeros((n, hidden))
    for k in range(n):
        pre = W_x @ x[k] + W_h @ h[k] + b
        i, f, g, o = pre.reshape(4, hidden)
        c_next[k] = sigmoid(f) * c[k] + np.tanh(g)
        h_next[k] = sigmoid(o) * np.tanh(c_next[k])
    return h_next, c_next
