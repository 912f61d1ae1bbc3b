import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    z = x @ W_x.T + h @ W_h.T + b
    i = sigmoid(z[:, :H])
    f = sigmoid(z[:, H:2*H])
    g = np.tanh(z[:, 2*H:3*H])
    o = sigmoid(z[:, 3*H:])
    c *= f
    c += i * g
    h_next = np.tanh(o * c)
    return h_next, c
