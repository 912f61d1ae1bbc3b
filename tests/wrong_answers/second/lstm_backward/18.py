# mistake: the output gate is missing on the way from h_t to c_t, dc += dh * (1 - tanh(c)**2)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = np.empty_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dh = np.zeros_like(h0)
    dc = np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        hp = hs[:, t-1] if t > 0 else h0
        cp = cs[:, t-1] if t > 0 else c0
        i, f, g, o = np.hsplit(x[:, t] @ W_x.T + hp @ W_h.T + b, 4)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        s = np.tanh(cs[:, t])
        dh = dh + dhs[:, t]
        dc = dc + dh * (1 - s**2)
        dz = np.hstack([dc*g*i*(1-i), dc*cp*f*(1-f), dc*i*(1-g**2), dh*s*o*(1-o)])
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ hp
        db += dz.sum(0)
        dh = dz @ W_h
        dc = dc * f
    return dx, dh, dc, dW_x, dW_h, db
