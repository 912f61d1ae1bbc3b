# mistake: the gates are computed once before the loop from the first input and h0 and used for all time steps
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def get_gates(x, h, W_x, W_h, b):
    z = x @ W_x.T + h @ W_h.T + b
    zi, zf, zg, zo = np.split(z, 4, axis=1)
    return sigmoid(zi), sigmoid(zf), np.tanh(zg), sigmoid(zo)

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h, c = h0, c0
    i, f, g, o = get_gates(x[:, 0], h, W_x, W_h, b)
    for t in range(T):
        c = f * c + i * g
        h = o * np.tanh(c)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
