# mistake: the factors for the input and forget gate are exchanged, di = dc * c_{t-1} and df = dc * g
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
    dh = np.zeros_like(h0)
    dc = np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i, f, o = sigmoid(z[:, :H]), sigmoid(z[:, H:2*H]), sigmoid(z[:, 3*H:])
        g = np.tanh(z[:, 2*H:3*H])
        tc = np.tanh(cs[:, t])
        dh = dh + dhs[:, t]
        do = dh * tc
        dc = dc + dh * o * (1 - tc**2)
        di = dc * c_prev
        df = dc * g
        dg = dc * i
        dz = np.concatenate([i*(1-i)*di, f*(1-f)*df, (1-g**2)*dg, o*(1-o)*do], axis=1)
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dx[:, t] = dz @ W_x
        dh = dz @ W_h
        dc = dc * f
    return dx, dh, dc, dW_x, dW_h, db
