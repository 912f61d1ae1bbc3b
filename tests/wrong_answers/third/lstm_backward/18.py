import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def dsigmoid(s):
    return s * (1 - s)


def dtanh(s):
    return 1 - s ** 2


def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]

    # forward again, keep the gates
    cache = []
    h, c = h0, c0
    for t in range(T):
        z = np.dot(x[:, t], W_x.T) + np.dot(h, W_h.T) + b
        i, f = sigmoid(z[:, 0:H]), sigmoid(z[:, H:2*H])
        g, o = np.tanh(z[:, 2*H:3*H]), sigmoid(z[:, 3*H:4*H])
        cache.append((h, c, i, f, g, o))
        h, c = hs[:, t], cs[:, t]

    dxs = []
    dW_x, dW_h, db = np.zeros(W_x.shape), np.zeros(W_h.shape), np.zeros(b.shape)
    dh, dc = np.zeros((N, H)), np.zeros((N, H))
    for t in range(T)[::-1]:
        h, c, i, f, g, o = cache[t]
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh
        dc = dc + dh * o * dtanh(tc)
        dz = np.hstack([
            dc * g * dsigmoid(i),
            dc * c * dsigmoid(f),
            dc * i * dtanh(g),
            dh * tc * dsigmoid(o),
        ])
        dxs.append(dz @ W_x)
        dW_x = dW_x + dz.T @ x[:, t]
        dW_h = dW_h + dz.T @ h
        db = db + dz.sum(0)
        dh = dz @ W_h
        dc = dc * f
    dx = np.stack(dxs, axis=1)
    return dx, dh, dc, dW_x, dW_h, db
