# mistake: the recurrent term uses h0 at every step (W_h h0 was computed once before the loop)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    zx = x @ W_x.T + b
    zh = h0 @ W_h.T
    c = c0
    hs, cs = np.zeros((N, T, H)), np.zeros((N, T, H))
    for t in range(T):
        z = zx[:, t] + zh
        i, f, g, o = np.split(z, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        cs[:, t] = c
        hs[:, t] = sigmoid(o) * np.tanh(c)
    return hs, cs
