# mistake: only the direct gradient of the last time step is used, dhs of the earlier steps is ignored ; the derivative of the candidate is g*(1-g) as for a sigmoid instead of 1-g**2
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros_like(b)
    dh = dhs[:, -1]
    dc = np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        i = sigmoid(i)
        f = sigmoid(f)
        g = np.tanh(g)
        o = sigmoid(o)
        tc = np.tanh(cs[:, t])
        dc = dc + dh * o * (1 - tc**2)
        dzi = dc * g * i * (1 - i)
        dzf = dc * c_prev * f * (1 - f)
        dzg = dc * i * g * (1 - g)
        dzo = dh * tc * o * (1 - o)
        dz = np.concatenate([dzi, dzf, dzg, dzo], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dh = dz @ W_h
        dc = dc * f
    return dx, dh, dc, dW_x, dW_h, db
