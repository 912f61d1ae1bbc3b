# mistake: the derivative of the sigmoid is missing for the three gates i, f and o
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
    dh = np.zeros((N, H))
    dc = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i = sigmoid(z[:, :H])
        f = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:])
        tanhc = np.tanh(cs[:, t])
        dh = dh + dhs[:, t]
        dc = dc + dh * o * (1 - tanhc**2)
        dz = np.zeros_like(z)
        dz[:, :H] = dc * g
        dz[:, H:2*H] = dc * c_prev
        dz[:, 2*H:3*H] = dc * i * (1 - g**2)
        dz[:, 3*H:] = dh * tanhc
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dh = dz @ W_h
        dc = dc * f
    return dx, dh, dc, dW_x, dW_h, db
