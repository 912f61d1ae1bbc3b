# mistake: all four gates add the bias of the first block, b[:H], instead of each its own block
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

NAMES = ["i", "f", "g", "o"]

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    p = {}
    for k, name in enumerate(NAMES):
        start, stop = k * H, (k + 1) * H
        p[name] = x @ W_x[start:stop].T + h @ W_h[start:stop].T + b[:H]
    keep = sigmoid(p["f"])
    write = sigmoid(p["i"])
    c_next = keep * c + write * np.tanh(p["g"])
    h_next = sigmoid(p["o"]) * np.tanh(c_next)
    return h_next, c_next
