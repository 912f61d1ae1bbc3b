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
        hs[:, t] = h
        cs[:, t] = c
        z = x[:, t] @ W_x.T + h @ W_h.T + b
        i = sigmoid(z[:, :H])
        f = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:])
        c = f * c + i * g
        h = o * np.tanh(c)
    return hs, cs
