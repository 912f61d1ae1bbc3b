# mistake: the blocks are split in the order i, f, o, g ; the loop stops one step early and the last time step stays zero
import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h, c = h0, c0
    for t in range(0, T - 1):
        z = x[:, t] @ W_x.T + h @ W_h.T + b
        i, f, o, g = np.split(z, 4, axis=1)
        i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
        g = np.tanh(g)
        c = f * c + i * g
        h = o * np.tanh(c)
        hs[:, t, :] = h
        cs[:, t, :] = c
    return hs, cs
