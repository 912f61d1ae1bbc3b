# mistake: the loop counts the time steps from 1 to T and also indexes x with that number, so the last step is out of range and raises
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T + 1, H))
    cs = np.zeros((N, T + 1, H))
    hs[:, 0], cs[:, 0] = h0, c0
    for t in range(1, T + 1):
        z = x[:, t] @ W_x.T + hs[:, t - 1] @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        cs[:, t] = sigmoid(f) * cs[:, t - 1] + sigmoid(i) * np.tanh(g)
        hs[:, t] = sigmoid(o) * np.tanh(cs[:, t])
    return hs[:, 1:], cs[:, 1:]
