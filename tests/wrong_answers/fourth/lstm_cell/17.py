import numpy as np

def sigmoid(a):
    return 1.0 / (1.0 + np.exp(-a))

def lstm_cell(x, h, c, W_x, W_h, b):
    gates = x.dot(W_x.T) + h.dot(W_h.T) + b
    i, f, g, o = np.split(gates, 4, axis=1)
    i, o = sigmoid(i), sigmoid(o)
    g = np.tanh(g)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new
