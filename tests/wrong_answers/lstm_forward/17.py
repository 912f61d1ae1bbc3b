# mistake: the input is made time-major with reshape(T, N, D) instead of a transpose, so each step gets rows of the wrong sequences and times
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    xt = x.reshape(T, N, D)
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h = h0
    c = c0
    for t in range(T):
        z = xt[t] @ W_x.T + h @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
