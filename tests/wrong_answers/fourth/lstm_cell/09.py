import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def linear(x, W, b):
    return x @ W.T + b

def lstm_cell(x, h, c, W_x, W_h, b):
    z = linear(x, W_x, b) + linear(h, W_h, b)
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
