import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, H = hs.shape
    h_before = np.concatenate([h0[:, None], hs[:, :-1]], axis=1)
    c_before = np.concatenate([c0[:, None], cs[:, :-1]], axis=1)
    a = np.einsum("ntd,kd->ntk", x, W_x) + np.einsum("nth,kh->ntk", h_before, W_h) + b
    i, f, g, o = np.split(a, 4, axis=2)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    tanh_c = np.tanh(cs)
    dz = np.zeros((N, T, 4 * H))
    dh = np.zeros((N, H))
    dc = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        dh = dh + dhs[:, t]
        dc = dc + dh * o[:, t] * (1 - tanh_c[:, t] ** 2)
        dz[:, t, :H] = dc * g[:, t] * i[:, t] * (1 - i[:, t])
        dz[:, t, H:2*H] = dc * c0 * f[:, t] * (1 - f[:, t])
        dz[:, t, 2*H:3*H] = dc * i[:, t] * (1 - g[:, t] ** 2)
        dz[:, t, 3*H:] = dh * tanh_c[:, t] * o[:, t] * (1 - o[:, t])
        dh = dz[:, t] @ W_h
        dc = dc * f[:, t]
    dx = dz @ W_x
    dW_x = np.einsum("ntk,ntd->kd", dz, x)
    dW_h = np.einsum("ntk,nth->kh", dz, h_before)
    db = dz.sum(axis=(0, 1))
    return dx, dh, dc, dW_x, dW_h, db
