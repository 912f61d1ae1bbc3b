# mistake: dh0 is returned as the full gradient of h_1 (dh at the first step) instead of being carried one step further through W_h
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dz_next = np.zeros((N, 4 * H))
    dc_next = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i, f, g, o = z.reshape(N, 4, H).swapaxes(0, 1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dz_next @ W_h
        dc = dh * o * (1 - tc**2) + dc_next
        dz = np.concatenate([dc*g*i*(1-i), dc*c_prev*f*(1-f), dc*i*(1-g**2), dh*tc*o*(1-o)], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dz_next = dz
        dc_next = dc * f
    dh0 = dh
    dc0 = dc_next
    return dx, dh0, dc0, dW_x, dW_h, db
