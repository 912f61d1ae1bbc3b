# mistake: the gradient from the next step is added into dhs itself, so the caller's argument dhs is changed
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros_like(b)
    dh0 = None
    dc = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i = sigmoid(z[:, :H])
        f = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:])
        tc = np.tanh(cs[:, t])
        dc = dc + dhs[:, t] * o * (1 - tc**2)
        dz = np.concatenate([dc * g * i * (1 - i), dc * c_prev * f * (1 - f),
                             dc * i * (1 - g**2), dhs[:, t] * tc * o * (1 - o)], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dc = dc * f
        if t > 0:
            dhs[:, t-1] += dz @ W_h
        else:
            dh0 = dz @ W_h
    return dx, dh0, dc, dW_x, dW_h, db
