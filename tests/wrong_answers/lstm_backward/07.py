# mistake: the parameter gradients are overwritten at every time step instead of added up, only the first time step remains
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros((N, T, D))
    dW_x = np.zeros((4 * H, D))
    dW_h = np.zeros((4 * H, H))
    db = np.zeros(4 * H)
    dh = np.zeros((N, H))
    dc = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t - 1] if t > 0 else h0
        c_prev = cs[:, t - 1] if t > 0 else c0
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        i = sigmoid(i)
        f = sigmoid(f)
        g = np.tanh(g)
        o = sigmoid(o)
        tanh_c = np.tanh(cs[:, t])
        dh = dh + dhs[:, t]
        dc = dc + dh * o * (1 - tanh_c**2)
        dz = np.concatenate([
            dc * g * i * (1 - i),
            dc * c_prev * f * (1 - f),
            dc * i * (1 - g**2),
            dh * tanh_c * o * (1 - o),
        ], axis=1)
        dW_x = dz.T @ x[:, t]
        dW_h = dz.T @ h_prev
        db = np.sum(dz, axis=0)
        dx[:, t] = dz @ W_x
        dh = dz @ W_h
        dc = f * dc
    return dx, dh, dc, dW_x, dW_h, db
