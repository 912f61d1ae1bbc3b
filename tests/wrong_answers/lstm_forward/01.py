# mistake: the memory cell is not carried, every step starts again from c0
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h = h0
    for t in range(T):
        z = x[:, t] @ W_x.T + h @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        c = sigmoid(f) * c0 + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
