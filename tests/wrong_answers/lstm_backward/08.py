# mistake: the gradient of the forget gate is multiplied by c_t, the cell after the step, instead of c_{t-1}
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    hprev = np.concatenate([h0[:, None, :], hs[:, :-1]], axis=1)
    cprev = np.concatenate([c0[:, None, :], cs[:, :-1]], axis=1)
    Z = x @ W_x.T + hprev @ W_h.T + b
    zi, zf, zg, zo = np.split(Z, 4, axis=2)
    I, F, G, O = sigmoid(zi), sigmoid(zf), np.tanh(zg), sigmoid(zo)
    TC = np.tanh(cs)
    dZ = np.zeros_like(Z)
    dh = np.zeros_like(h0)
    dc = np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        i, f, g, o, tc = I[:, t], F[:, t], G[:, t], O[:, t], TC[:, t]
        dh = dh + dhs[:, t]
        dc = dc + dh * o * (1 - tc * tc)
        dZ[:, t] = np.concatenate([dc * g * i * (1 - i),
                                   dc * cs[:, t] * f * (1 - f),
                                   dc * i * (1 - g * g),
                                   dh * tc * o * (1 - o)], axis=1)
        dh = dZ[:, t] @ W_h
        dc = dc * f
    dx = dZ @ W_x
    dW_x = np.einsum("ntk,ntd->kd", dZ, x)
    dW_h = np.einsum("ntk,nth->kh", dZ, hprev)
    db = dZ.sum(axis=(0, 1))
    return dx, dh, dc, dW_x, dW_h, db
