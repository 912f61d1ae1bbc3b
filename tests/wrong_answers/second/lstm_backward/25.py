# mistake: the argument dhs is overwritten by adding the later gradient in place (the returned values are right)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dc = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        i, f, g, o = np.split(x[:, t] @ W_x.T + h_prev @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t]
        dc = dc + dh * o * (1 - tc**2)
        dz = np.concatenate([dc*g*i*(1-i), dc*c_prev*f*(1-f), dc*i*(1-g**2), dh*tc*o*(1-o)], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dc = dc * f
        dh0 = dz @ W_h
        if t > 0:
            dhs[:, t-1] += dh0
    return dx, dh0, dc, dW_x, dW_h, db
