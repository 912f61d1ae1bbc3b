# mistake: the forget gate is read backwards, the cell keeps 1 - f of the old content ; the results are returned as (cs, hs)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    h, c = h0, c0
    hs, cs = [], []
    for t in range(x.shape[1]):
        i, f, g, o = np.split(x[:, t] @ W_x.T + h @ W_h.T + b, 4, axis=1)
        c = (1 - sigmoid(f)) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        hs.append(h)
        cs.append(c)
    hs = np.array(hs).transpose(1, 0, 2)
    cs = np.array(cs).transpose(1, 0, 2)
    return cs, hs
