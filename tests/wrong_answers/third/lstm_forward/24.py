import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h = h0[0]
    c = c0[0]
    for n in range(N):
        for t in range(T):
            z = W_x @ x[n, t] + W_h @ h + b
            i, f, g, o = z.reshape(4, H)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            hs[n, t] = h
            cs[n, t] = c
    return hs, cs
