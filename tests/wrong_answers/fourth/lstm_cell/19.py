import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    # all four gates at once
    act = sigmoid(x @ W_x.T + h @ W_h.T + b)
    i, f, g, o = np.split(act, 4, axis=1)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
