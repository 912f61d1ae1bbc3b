import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b, forget_bias=1.0):
    z = x @ W_x.T + h @ W_h.T + b
    i, f, g, o = np.split(z, 4, axis=1)
    c_next = sigmoid(f + forget_bias) * c + sigmoid(i) * np.tanh(g)
    h_next = o * np.tanh(c_next)
    return h_next, c_next
