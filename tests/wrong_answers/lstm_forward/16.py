# mistake: the hidden state is not carried, every step computes its gates with h0
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def one_step(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    z = x @ W_x.T + h @ W_h.T + b
    i = sigmoid(z[:, :H])
    f = sigmoid(z[:, H:2*H])
    g = np.tanh(z[:, 2*H:3*H])
    o = sigmoid(z[:, 3*H:])
    c = f * c + i * g
    return o * np.tanh(c), c

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs, cs = np.zeros((N, T, H)), np.zeros((N, T, H))
    h, c = h0, c0
    for t in range(T):
        h, c = one_step(x[:, t], h0, c, W_x, W_h, b)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
