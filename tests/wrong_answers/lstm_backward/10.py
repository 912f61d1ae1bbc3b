# mistake: the derivative of tanh is missing in the candidate block, dz_g = dc * i ; dh0 is the gradient of h_1 instead of being led through the gates of the first step to h_0
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros_like(b)
    dh_next = np.zeros_like(h0)
    dc_next = np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        i, f, g, o = np.split(x[:, t] @ W_x.T + h_prev @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_next
        dc = dc_next + dh * o * (1 - tc**2)
        dz_i = dc * g * i * (1 - i)
        dz_f = dc * c_prev * f * (1 - f)
        dz_g = dc * i
        dz_o = dh * tc * o * (1 - o)
        dz = np.concatenate([dz_i, dz_f, dz_g, dz_o], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dh_next = dz @ W_h
        dc_next = dc * f
    dh0 = dh
    dc0 = dc_next
    return dx, dh0, dc0, dW_x, dW_h, db
