# mistake: the results are returned in the order (c', h') instead of (h', c')
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def gates(x, h, W_x, W_h, b):
    z = x @ W_x.T + h @ W_h.T + b
    i, f, g, o = np.split(z, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)

def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = gates(x, h, W_x, W_h, b)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return c_next, h_next
