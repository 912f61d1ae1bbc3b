import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    pre = np.einsum('nd,kd->nk', x, W_x) + np.einsum('nh,kh->nk', c, W_h) + b
    i, f, g, o = np.split(pre, 4, axis=1)
    c_next = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h_next = sigmoid(o) * np.tanh(c_next)
    return h_next, c_next
