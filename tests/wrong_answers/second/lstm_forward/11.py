# mistake: the memory cell is not carried on, every step uses c0 as its old cell
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h_prev, c_prev = h0, c0
    for t in range(T):
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        c_t = sigmoid(f) * c_prev + sigmoid(i) * np.tanh(g)
        h_t = sigmoid(o) * np.tanh(c_t)
        hs[:, t] = h_t
        cs[:, t] = c_t
        h_prev = h_t
    return hs, cs
