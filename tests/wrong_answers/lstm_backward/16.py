# mistake: the factor o is missing in the derivative of h_t with respect to c_t
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros((N, T, D))
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros_like(b)
    dz = np.zeros((N, 4 * H))
    dc = np.zeros((N, H))
    f_later = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev = h0 if t == 0 else hs[:, t-1]
        c_prev = c0 if t == 0 else cs[:, t-1]
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dz @ W_h
        dc = dh * (1 - tc**2) + f_later * dc
        dz = np.concatenate([dc * g * i * (1 - i), dc * c_prev * f * (1 - f),
                             dc * i * (1 - g**2), dh * tc * o * (1 - o)], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        f_later = f
    return dx, dz @ W_h, f_later * dc, dW_x, dW_h, db
