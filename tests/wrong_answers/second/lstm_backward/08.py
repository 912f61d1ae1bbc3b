# mistake: the gradient of the forget gate is multiplied by c_t instead of c_{t-1}
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros((N, T, D))
    dW_x = np.zeros((4*H, D)); dW_h = np.zeros((4*H, H)); db = np.zeros(4*H)
    dh_next = np.zeros((N, H)); dc_next = np.zeros((N, H))
    for t in reversed(range(T)):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        c = cs[:, t]
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        dh = dhs[:, t] + dh_next
        do = dh * np.tanh(c)
        dc = dh * o * (1 - np.tanh(c)**2) + dc_next
        df = dc * c
        di = dc * g
        dg = dc * i
        dz = np.concatenate([di*i*(1-i), df*f*(1-f), dg*(1-g**2), do*o*(1-o)], axis=1)
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += np.sum(dz, axis=0)
        dx[:, t] = dz @ W_x
        dh_next = dz @ W_h
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x, dW_h, db
