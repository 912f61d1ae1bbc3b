# mistake: the output gate is left out, h_t = tanh(c_t)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    xw = x @ W_x.T + b
    h, c = h0, c0
    hs, cs = [], []
    for t in range(T):
        i, f, g, o = np.split(xw[:, t] + h @ W_h.T, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = np.tanh(c)
        hs.append(h[:, None, :])
        cs.append(c[:, None, :])
    return np.concatenate(hs, axis=1), np.concatenate(cs, axis=1)
