# mistake: the sequence is walked through backwards, from the last time step to the first
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    W = np.concatenate([W_x, W_h], axis=1)
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h, c = h0, c0
    for t in reversed(range(T)):
        z = np.concatenate([x[:, t], h], axis=1) @ W.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
