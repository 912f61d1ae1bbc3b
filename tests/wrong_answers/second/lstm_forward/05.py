# mistake: h0 and c0 are left in the result, which has T + 1 time steps
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
        i = sigmoid(a[:, :H])
        f = sigmoid(a[:, H:2*H])
        g = np.tanh(a[:, 2*H:3*H])
        o = sigmoid(a[:, 3*H:])
        cs[:, t + 1] = f * cs[:, t] + i * g
        hs[:, t + 1] = o * np.tanh(cs[:, t + 1])
    return hs, cs
