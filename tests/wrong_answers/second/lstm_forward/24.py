# mistake: tanh(c_t) is stored in cs instead of c_t
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
        i, f, g, o = np.split(x[:, t] @ W_x.T + h @ W_h.T + b, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        tc = np.tanh(c)
        h = sigmoid(o) * tc
        hs[:, t] = h
        cs[:, t] = tc
    return hs, cs
