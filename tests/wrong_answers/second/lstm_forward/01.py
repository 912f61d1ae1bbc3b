# mistake: every step starts again from h0 and c0, the state is never carried on
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def step(x, h, c, W_x, W_h, b):
    i, f, g, o = np.split(x @ W_x.T + h @ W_h.T + b, 4, axis=1)
    c_new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_new), c_new

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    for t in range(T):
        hs[:, t], cs[:, t] = step(x[:, t], h0, c0, W_x, W_h, b)
    return hs, cs
