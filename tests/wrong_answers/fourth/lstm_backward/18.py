import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    """BPTT for lstm_forward."""
    N, T, H = dhs.shape
    # states before each step
    h_before = np.concatenate([h0[:, None], hs[:, :-1]], axis=1)
    c_before = np.concatenate([c0[:, None], cs[:, :-1]], axis=1)
    # recompute all gates at once
    z = x @ W_x.T + h_before @ W_h.T + b
    zi, zf, zg, zo = np.split(z, 4, axis=2)
    I, F, G, O = sigmoid(zi), sigmoid(zf), np.tanh(zg), sigmoid(zo)
    C = np.tanh(cs)

    dZ = np.zeros((N, T, 4 * H))
    dh_next = np.zeros((N, H))
    dc_next = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        dh = dhs[:, t] + dh_next
        dc = dc_next + dh * O[:, t] * (1 - C[:, t] ** 2)
        dZ[:, t, :H] = dc * G[:, t] * I[:, t] * (1 - I[:, t])
        dZ[:, t, H:2*H] = dc * c_before[:, t] * F[:, t] * (1 - F[:, t])
        dZ[:, t, 2*H:3*H] = dc * I[:, t] * (1 - G[:, t] ** 2)
        dZ[:, t, 3*H:] = dh * C[:, t] * O[:, t] * (1 - O[:, t])
        dh_next = dZ[:, t] @ W_h
        dc_next = dc * F[:, t]

    dx = dZ @ W_x
    dW_x = np.einsum('ntk,ntd->dk', dZ, x)
    dW_h = np.einsum('ntk,nth->hk', dZ, h_before)
    db = dZ.sum(axis=(0, 1))
    return dx, dh_next, dc_next, dW_x, dW_h, db
