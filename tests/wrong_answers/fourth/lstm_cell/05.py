import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    out = x @ W_x.T + b
    i = sigmoid(out[:, :H])
    f = sigmoid(out[:, H:2*H])
    g = np.tanh(out[:, 2*H:3*H])
    o = sigmoid(out[:, 3*H:4*H])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
