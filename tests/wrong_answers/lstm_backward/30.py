# mistake: the four gradient blocks are joined in the order i, f, o, g although the gates were read in the order i, f, g, o
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
    dh_next = np.zeros((N, H))
    dc_next = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        pre = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i, f, g, o = np.split(pre, 4, axis=1)
        i = sigmoid(i)
        f = sigmoid(f)
        g = np.tanh(g)
        o = sigmoid(o)
        tanh_c = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_next
        do = dh * tanh_c * o * (1 - o)
        dc = dh * o * (1 - tanh_c**2) + dc_next
        dg = dc * i * (1 - g**2)
        df = dc * c_prev * f * (1 - f)
        di = dc * g * i * (1 - i)
        dpre = np.concatenate([di, df, do, dg], axis=1)
        dW_x += dpre.T @ x[:, t]
        dW_h += dpre.T @ h_prev
        db += dpre.sum(axis=0)
        dx[:, t] = dpre @ W_x
        dh_next = dpre @ W_h
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x, dW_h, db
