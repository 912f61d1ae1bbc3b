import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = x @ W_x.T + h @ W_h.T + b
    zi, zf, zg, zo = np.hsplit(z, 4)
    i, f, o = sigmoid(zi), sigmoid(zf), sigmoid(zo)
    g = np.tanh(zg)
    c_next = i * c + f * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
