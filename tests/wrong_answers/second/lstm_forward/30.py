# mistake: the cell update lacks the input gate (c = f*c + g) ; the blocks are read in the order f, i, g, o
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    h, c = h0, c0
    xw = np.einsum('ntd,kd->ntk', x, W_x) + b
    hs, cs = [], []
    for t in range(x.shape[1]):
        f, i, g, o = np.split(xw[:, t] + h @ W_h.T, 4, axis=1)
        c = sigmoid(f) * c + np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)
