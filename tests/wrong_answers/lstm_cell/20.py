# mistake: the forget gate multiplies the hidden state h instead of the memory cell c
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = x @ W_x.T + h @ W_h.T + b
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, o = map(sigmoid, (i, f, o))
    g = np.tanh(g)
    c_new = f * h + i * g
    h_new = o * np.tanh(c_new)
    return h_new, c_new
