# mistake: h is computed before c is updated, so h_t uses tanh(c_{t-1}) ; the memory cell starts at zero instead of c0
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    h, c = h0, np.zeros(h0.shape)
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    for t in range(T):
        z = x[:, t] @ W_x.T + h @ W_h.T + b
        i, f, g, o = sigmoid(z[:, :H]), sigmoid(z[:, H:2*H]), np.tanh(z[:, 2*H:3*H]), sigmoid(z[:, 3*H:])
        h, c = o * np.tanh(c), f * c + i * g
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
