# mistake: the derivative of tanh(c) is written as 1 - tanh(c) without the square ; the bias is forgotten when the gates are recomputed
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dh_next, dc_next = np.zeros((N, H)), np.zeros((N, H))
    for t in reversed(range(T)):
        h_prev = h0 if t == 0 else hs[:, t-1]
        c_prev = c0 if t == 0 else cs[:, t-1]
        z = x[:, t] @ W_x.T + h_prev @ W_h.T
        i, f, g, o = [np.tanh(p) if k == 2 else sigmoid(p) for k, p in enumerate(np.split(z, 4, axis=1))]
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_next
        dc = dh * o * (1 - tc) + dc_next
        dz = np.concatenate([dc*g*i*(1-i), dc*c_prev*f*(1-f), dc*i*(1-g**2), dh*tc*o*(1-o)], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dh_next = dz @ W_h
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x, dW_h, db
