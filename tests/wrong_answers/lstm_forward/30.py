# mistake: the blocks are taken in the order i, g, f, o as older TensorFlow does, so the second block is the candidate and the third the forget gate
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h, c = h0, c0
    for t in range(T):
        z = x[:, t] @ W_x.T + h @ W_h.T + b
        i, j, f, o = np.split(z, 4, axis=1)
        c = c * sigmoid(f) + sigmoid(i) * np.tanh(j)
        h = np.tanh(c) * sigmoid(o)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
