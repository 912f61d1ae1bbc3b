# mistake: the states before each step are stored, so the results are shifted by one (hs[:, 0] is h0)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.empty((N, T, H))
    cs = np.empty((N, T, H))
    h, c = h0, c0
    for t in range(T):
        hs[:, t] = h
        cs[:, t] = c
        z = x[:, t] @ W_x.T + h @ W_h.T + b
        i, f, g, o = z.reshape(N, 4, H).transpose(1, 0, 2)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
    return hs, cs
