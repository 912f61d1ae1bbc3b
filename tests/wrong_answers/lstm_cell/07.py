# mistake: the two results come back in the wrong order, first c' and then h'
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    N, H = h.shape
    z = np.einsum("nd,kd->nk", x, W_x) + np.einsum("nh,kh->nk", h, W_h) + b
    z = z.reshape(N, 4, H)
    i, f, o = sigmoid(z[:, 0]), sigmoid(z[:, 1]), sigmoid(z[:, 3])
    g = np.tanh(z[:, 2])
    cell = f * c + i * g
    hidden = o * np.tanh(cell)
    return cell, hidden
