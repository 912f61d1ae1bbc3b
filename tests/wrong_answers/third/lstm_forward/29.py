import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    proj = (x.reshape(N * T, D) @ W_x.T + b).reshape(N, T, 4 * H)
    hs = np.empty((N, T, H))
    cs = np.empty((N, T, H))
    for t in range(T):
        h_prev = h0 if t == 0 else hs[:, t - 1]
        c_prev = np.zeros((N, H)) if t == 0 else cs[:, t - 1]
        z = proj[:, t] + h_prev @ W_h.T
        gate = sigmoid(z)
        f = gate[:, :H]
        i = gate[:, H:2 * H]
        o = gate[:, 3 * H:]
        g = np.tanh(z[:, 2 * H:3 * H])
        cs[:, t] = f * c_prev + i * g
        hs[:, t] = o * np.tanh(cs[:, t])
    return hs, cs
