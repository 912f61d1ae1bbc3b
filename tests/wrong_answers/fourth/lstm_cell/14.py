import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    z = x @ W_x.T + h @ W_h.T
    f = sigmoid(z[:, :H])         # forget gate
    i = sigmoid(z[:, H:2*H])      # input gate
    o = sigmoid(z[:, 2*H:3*H])    # output gate
    g = np.tanh(z[:, 3*H:])       # candidate
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
