# mistake: the blocks are taken in the order i, f, o, g ; the bias is never added
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    W = np.concatenate([W_x, W_h], axis=1)
    xh = np.concatenate([x, h], axis=1)
    z = xh @ W.T
    i = sigmoid(z[:, :H])
    f = sigmoid(z[:, H:2*H])
    o = sigmoid(z[:, 2*H:3*H])
    g = np.tanh(z[:, 3*H:])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return h2, c2
