# mistake: in the first step the cell before it is taken as zero instead of c0, so the forget gate gets no gradient there
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    h_shift = np.zeros_like(hs)
    c_shift = np.zeros_like(cs)
    h_shift[:, 0] = h0
    h_shift[:, 1:] = hs[:, :-1]
    c_shift[:, 1:] = cs[:, :-1]
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros_like(b)
    dh = np.zeros((N, H))
    dc = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        z = x[:, t] @ W_x.T + h_shift[:, t] @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        tc = np.tanh(cs[:, t])
        dh = dh + dhs[:, t]
        dc = dc + dh * o * (1 - tc**2)
        dz = np.concatenate([dc * g * i * (1 - i), dc * c_shift[:, t] * f * (1 - f),
                             dc * i * (1 - g**2), dh * tc * o * (1 - o)], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_shift[:, t]
        db += dz.sum(axis=0)
        dh = dz @ W_h
        dc = dc * f
    return dx, dh, dc, dW_x, dW_h, db
