# mistake: the recurrent part W_h h is left out, the gates see only x and the bias
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def gate(k, act, x, h, W_x, W_h, b):
    H = h.shape[1]
    s = slice(k * H, (k + 1) * H)
    return act(x @ W_x[s].T + b[s])

def lstm_cell(x, h, c, W_x, W_h, b):
    args = (x, h, W_x, W_h, b)
    i = gate(0, sigmoid, *args)
    f = gate(1, sigmoid, *args)
    g = gate(2, np.tanh, *args)
    o = gate(3, sigmoid, *args)
    c = f * c + i * g
    h = o * np.tanh(c)
    return h, c
