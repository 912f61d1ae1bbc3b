import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    hx = np.hstack((h, x))
    W = np.hstack((W_x, W_h))
    i, f, g, o = np.split(hx @ W.T + b, 4, axis=1)
    i = sigmoid(i)
    f = sigmoid(f)
    g = np.tanh(g)
    o = sigmoid(o)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
