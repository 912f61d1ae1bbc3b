# mistake: the hidden state is computed from tanh of the old memory cell c instead of the new one
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    N, H = h.shape
    z = (x @ W_x.T + h @ W_h.T + b).reshape(N, 4, H)
    i = sigmoid(z[:, 0])
    f = sigmoid(z[:, 1])
    g = np.tanh(z[:, 2])
    o = sigmoid(z[:, 3])
    h_new = o * np.tanh(c)
    c_new = f * c + i * g
    return h_new, c_new
