# mistake: the sequence is run backwards in time, from the last step to the first
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H)); cs = np.zeros((N, T, H))
    h, c = h0.copy(), c0.copy()
    for t in reversed(range(T)):
        i, f, g, o = np.hsplit(x[:, t].dot(W_x.T) + h.dot(W_h.T) + b, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
