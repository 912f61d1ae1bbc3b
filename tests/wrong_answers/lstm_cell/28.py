# mistake: the input gate is missing in the cell update, the candidate is added in full, c' = f*c + g
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = np.split(x @ W_x.T + h @ W_h.T + b, 4, axis=1)
    f = sigmoid(f)
    i = sigmoid(i)
    o = sigmoid(o)
    g = np.tanh(g)
    c_next = np.multiply(f, c) + g
    h_next = np.multiply(o, np.tanh(c_next))
    return h_next, c_next
