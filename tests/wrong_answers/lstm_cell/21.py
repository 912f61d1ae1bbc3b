# mistake: the output gate uses tanh instead of the sigmoid
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    acts = [sigmoid, sigmoid, np.tanh, np.tanh]
    vals = []
    for k in range(4):
        lo, hi = k * H, (k + 1) * H
        vals.append(acts[k](x @ W_x[lo:hi].T + h @ W_h[lo:hi].T + b[lo:hi]))
    i, f, g, o = vals
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
