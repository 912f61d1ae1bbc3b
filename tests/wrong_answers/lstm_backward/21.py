# mistake: the input gradients are collected in the backward order and not turned round again, so dx runs from the last time step to the first
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = []
    dW_x, dW_h, db = 0, 0, 0
    dh, dc = 0, 0
    for t in reversed(range(T)):
        hp = h0 if t == 0 else hs[:, t-1]
        cp = c0 if t == 0 else cs[:, t-1]
        i, f, g, o = np.split(x[:, t] @ W_x.T + hp @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        tc = np.tanh(cs[:, t])
        dh = dh + dhs[:, t]
        dc = dc + dh * o * (1 - tc**2)
        dz = np.concatenate([dc*g*i*(1-i), dc*cp*f*(1-f), dc*i*(1-g**2), dh*tc*o*(1-o)], axis=1)
        dx.append(dz @ W_x)
        dW_x = dW_x + dz.T @ x[:, t]
        dW_h = dW_h + dz.T @ hp
        db = db + dz.sum(axis=0)
        dh = dz @ W_h
        dc = dc * f
    dx = np.stack(dx, axis=1)
    return dx, dh, dc, dW_x, dW_h, db
