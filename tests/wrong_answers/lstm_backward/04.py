# mistake: the gates are recomputed from the hidden state after the step, hs[:, t], instead of the one before it
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def gates(xt, h, W_x, W_h, b):
    i, f, g, o = np.split(xt @ W_x.T + h @ W_h.T + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros_like(b)
    dh = np.zeros_like(h0)
    dc = np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        if t == 0:
            h_prev, c_prev = h0, c0
        else:
            h_prev, c_prev = hs[:, t - 1], cs[:, t - 1]
        i, f, g, o = gates(x[:, t], hs[:, t], W_x, W_h, b)
        th = np.tanh(cs[:, t])
        dh = dh + dhs[:, t]
        dc = dc + dh * o * (1 - th ** 2)
        dzi = dc * g * i * (1 - i)
        dzf = dc * c_prev * f * (1 - f)
        dzg = dc * i * (1 - g ** 2)
        dzo = dh * th * o * (1 - o)
        dz = np.concatenate((dzi, dzf, dzg, dzo), axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += np.sum(dz, axis=0)
        dh = dz @ W_h
        dc = dc * f
    return dx, dh, dc, dW_x, dW_h, db
