# mistake: the bias is not added anywhere
import numpy as np

def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))

def lstm_cell(x, h, c, W_x, W_h, b):
    x_part = x @ W_x.T
    h_part = h @ W_h.T
    total = x_part + h_part
    i, f, g, o = np.hsplit(total, 4)
    i = sigmoid(i)
    f = sigmoid(f)
    g = np.tanh(g)
    o = sigmoid(o)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
