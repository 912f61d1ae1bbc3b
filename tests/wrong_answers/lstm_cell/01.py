# mistake: the four blocks are read in the order i, f, o, g, so the third block is used as output gate and the fourth as candidate
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = x @ W_x.T + h @ W_h.T + b
    zi, zf, zo, zg = np.split(z, 4, axis=1)
    i = sigmoid(zi)
    f = sigmoid(zf)
    o = sigmoid(zo)
    g = np.tanh(zg)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
