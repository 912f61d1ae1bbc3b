# mistake: the parameter gradients are overwritten at every step instead of summed, so only the first time step remains
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dc_next = np.zeros((N, H))
    dh_next = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i, f, g, o = sigmoid(z[:, :H]), sigmoid(z[:, H:2*H]), np.tanh(z[:, 2*H:3*H]), sigmoid(z[:, 3*H:])
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_next
        dc = dh * o * (1 - tc**2) + dc_next
        dz = np.hstack([dc * g * i * (1 - i), dc * c_prev * f * (1 - f), dc * i * (1 - g**2), dh * tc * o * (1 - o)])
        dx[:, t] = dz @ W_x
        dW_x = dz.T @ x[:, t]
        dW_h = dz.T @ h_prev
        db = dz.sum(axis=0)
        dh_next = dz @ W_h
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x, dW_h, db
