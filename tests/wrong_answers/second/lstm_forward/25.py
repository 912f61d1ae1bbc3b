# mistake: h0 and c0 are both lost, step 0 reads hs[:, -1] and cs[:, -1], which are still zero
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    for t in range(T):
        h = hs[:, t - 1]
        c = cs[:, t - 1]
        i, f, g, o = np.split(x[:, t] @ W_x.T + h @ W_h.T + b, 4, axis=1)
        cs[:, t] = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        hs[:, t] = sigmoid(o) * np.tanh(cs[:, t])
    return hs, cs
