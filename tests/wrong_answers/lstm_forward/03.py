# mistake: the state is stored before the step, so position t holds the state of the step before and the first one is (h0, c0)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def step(x, h, c, W_x, W_h, b):
    i, f, g, o = np.split(x @ W_x.T + h @ W_h.T + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    hs = np.empty((N, T, h0.shape[1]))
    cs = np.empty_like(hs)
    h, c = h0, c0
    for t in range(T):
        hs[:, t], cs[:, t] = h, c
        h, c = step(x[:, t], h, c, W_x, W_h, b)
    return hs, cs
