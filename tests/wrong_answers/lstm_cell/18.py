# mistake: the blocks are read interleaved, every fourth column is one gate, instead of as four runs of H columns
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    N, H = h.shape
    z = x @ W_x.T + h @ W_h.T + b
    i = sigmoid(z[:, 0::4])
    f = sigmoid(z[:, 1::4])
    g = np.tanh(z[:, 2::4])
    o = sigmoid(z[:, 3::4])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
