import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    N, H = h.shape
    z = (x @ W_x.T + h @ W_h.T + b).reshape(N, H, 4)
    i = sigmoid(z[:, :, 0])
    f = sigmoid(z[:, :, 1])
    g = np.tanh(z[:, :, 2])
    o = sigmoid(z[:, :, 3])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
