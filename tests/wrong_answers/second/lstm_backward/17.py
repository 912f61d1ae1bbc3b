# mistake: the four blocks of dz are put together in the order i, f, o, g ; dc0 is returned as the gradient of c_1, without the multiplication by f_1
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dhnext = np.zeros((N, H))
    dcnext = np.zeros((N, H))
    for t in range(T)[::-1]:
        h_prev = hs[:, t-1] if t else h0
        c_prev = cs[:, t-1] if t else c0
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i = sigmoid(z[:, :H])
        f = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:])
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dhnext
        do_raw = dh * tc * o * (1 - o)
        dc = dh * o * (1 - tc * tc) + dcnext
        di_raw = dc * g * i * (1 - i)
        df_raw = dc * c_prev * f * (1 - f)
        dg_raw = dc * i * (1 - g * g)
        dz = np.concatenate((di_raw, df_raw, do_raw, dg_raw), axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dhnext = dz @ W_h
        dcnext = dc * f
    return dx, dhnext, dc, dW_x, dW_h, db
