# mistake: the carried cell gradient is multiplied by the forget gate of step t instead of that of step t+1
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
    fs = np.zeros((N, T + 1, H))
    dz_next = np.zeros((N, 4 * H))
    dc_next = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i = sigmoid(z[:, :H])
        fs[:, t] = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:])
        f = fs[:, t]
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dz_next @ W_h
        dc = o * (1 - tc**2) * dh + fs[:, t] * dc_next
        dz = np.concatenate([dc * g * i * (1 - i), dc * c_prev * f * (1 - f),
                             dc * i * (1 - g**2), dh * tc * o * (1 - o)], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dz_next = dz
        dc_next = dc
    dh0 = dz_next @ W_h
    dc0 = fs[:, 0] * dc_next
    return dx, dh0, dc0, dW_x, dW_h, db
