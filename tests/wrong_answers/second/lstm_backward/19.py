# mistake: the cell gradient uses only the direct gradient dhs[:, t] instead of the full dh_t
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = np.zeros_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dh_later = np.zeros_like(h0)
    dc_later = np.zeros_like(c0)
    for t in reversed(range(T)):
        hp, cp = (hs[:, t-1], cs[:, t-1]) if t > 0 else (h0, c0)
        i, f, g, o = np.split(x[:, t] @ W_x.T + hp @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        th = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_later
        dc = dhs[:, t] * o * (1 - th**2) + dc_later
        dz = np.concatenate([dc*g*i*(1-i), dc*cp*f*(1-f), dc*i*(1-g**2), dh*th*o*(1-o)], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ hp
        db += dz.sum(0)
        dh_later = dz @ W_h
        dc_later = dc * f
    return dx, dh_later, dc_later, dW_x, dW_h, db
