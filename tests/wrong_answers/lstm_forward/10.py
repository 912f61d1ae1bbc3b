# mistake: both h0 and c0 are ignored and the state starts at zero ; the candidate goes through the sigmoid instead of tanh
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = W_h.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h = np.zeros((N, H))
    c = np.zeros((N, H))
    for t in range(T):
        z = x[:, t] @ W_x.T + h @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        i = sigmoid(i); f = sigmoid(f); g = sigmoid(g); o = sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
