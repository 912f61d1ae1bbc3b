import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    z = sigmoid(x @ W_x.T + h @ W_h.T + b)
    i, f, o = z[:, :H], z[:, H:2*H], z[:, 3*H:]
    g = np.tanh(z[:, 2*H:3*H])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
