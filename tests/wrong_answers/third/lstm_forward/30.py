import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T + 1, H))
    cs = np.zeros((N, T + 1, H))
    hs[:, 0] = h0
    cs[:, 0] = c0
    for t in range(T):
        a = x[:, t] @ W_x.T + hs[:, t] @ W_h.T + b
        ai, af, ag, ao = a[:, :H], a[:, H:2*H], a[:, 2*H:3*H], a[:, 3*H:]
        cs[:, t + 1] = sigmoid(af) * cs[:, t] + sigmoid(ai) * np.tanh(ag)
        hs[:, t + 1] = hs[:, t] + sigmoid(ao) * np.tanh(cs[:, t + 1])
    return hs[:, 1:], cs[:, 1:]
