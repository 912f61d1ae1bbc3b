# mistake: the parameter gradients are averaged over the time steps (divided by T)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = np.zeros_like(x)
    list_Wx, list_Wh, list_b = [], [], []
    dh_next, dc_next = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        h_prev, c_prev = (h0, c0) if t == 0 else (hs[:, t-1], cs[:, t-1])
        i, f, g, o = np.split(x[:, t] @ W_x.T + h_prev @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_next
        dc = dh * o * (1 - tc**2) + dc_next
        dz = np.concatenate([dc*g*i*(1-i), dc*c_prev*f*(1-f), dc*i*(1-g**2), dh*tc*o*(1-o)], axis=1)
        dx[:, t] = dz @ W_x
        list_Wx.append(dz.T @ x[:, t])
        list_Wh.append(dz.T @ h_prev)
        list_b.append(dz.sum(axis=0))
        dh_next = dz @ W_h
        dc_next = dc * f
    return dx, dh_next, dc_next, np.mean(list_Wx, axis=0), np.mean(list_Wh, axis=0), np.mean(list_b, axis=0)
