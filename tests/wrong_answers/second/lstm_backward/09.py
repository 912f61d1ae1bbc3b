# mistake: the gates are recomputed from h_t (after the step) instead of h_{t-1}
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    z = x @ W_x.T + hs @ W_h.T + b
    i, f, g, o = np.split(z, 4, axis=2)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    h_before = np.concatenate([h0[:, None], hs[:, :-1]], axis=1)
    c_before = np.concatenate([c0[:, None], cs[:, :-1]], axis=1)
    tc = np.tanh(cs)
    dz = np.zeros_like(z)
    dh = np.zeros_like(h0)
    dc = np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        dh = dhs[:, t] + dh
        dc = dc + dh * o[:, t] * (1 - tc[:, t] ** 2)
        dz[:, t, :H] = dc * g[:, t] * i[:, t] * (1 - i[:, t])
        dz[:, t, H:2*H] = dc * c_before[:, t] * f[:, t] * (1 - f[:, t])
        dz[:, t, 2*H:3*H] = dc * i[:, t] * (1 - g[:, t] ** 2)
        dz[:, t, 3*H:] = dh * tc[:, t] * o[:, t] * (1 - o[:, t])
        dh = dz[:, t] @ W_h
        dc = dc * f[:, t]
    flat = dz.reshape(N * T, 4 * H)
    return dz @ W_x, dh, dc, flat.T @ x.reshape(N * T, D), flat.T @ h_before.reshape(N * T, H), flat.sum(axis=0)
