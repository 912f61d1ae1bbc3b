# mistake: the initial state is returned as part of the result, so hs and cs have T+1 time steps beginning with h0 and c0
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
    for t in range(1, T + 1):
        z = x[:, t - 1] @ W_x.T + hs[:, t - 1] @ W_h.T + b
        i = sigmoid(z[:, :H])
        f = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:])
        cs[:, t] = f * cs[:, t - 1] + i * g
        hs[:, t] = o * np.tanh(cs[:, t])
    return hs, cs
