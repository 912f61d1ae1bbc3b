import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    W = np.concatenate([W_x, W_h], axis=1)
    xh = np.concatenate([x, h], axis=1)
    z = xh @ W.T
    i, f, g, o = np.split(z, 4, axis=1)
    i = sigmoid(i)
    f = sigmoid(f)
    g = np.tanh(g)
    o = sigmoid(o)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
