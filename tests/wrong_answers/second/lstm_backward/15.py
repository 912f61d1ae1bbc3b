# mistake: dc0 is returned as the gradient of c_1, the last multiplication by f_1 is missing
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hp = np.concatenate([h0[:, None], hs[:, :-1]], 1)
    cp = np.concatenate([c0[:, None], cs[:, :-1]], 1)
    i, f, g, o = np.split(np.einsum('ntd,kd->ntk', x, W_x) + np.einsum('nth,kh->ntk', hp, W_h) + b, 4, axis=2)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    tc = np.tanh(cs)
    dz = np.zeros((N, T, 4 * H))
    dc = np.zeros((N, T, H))
    dh = np.zeros((N, T, H))
    for t in reversed(range(T)):
        dh[:, t] = dhs[:, t]
        if t < T - 1:
            dh[:, t] += dz[:, t + 1] @ W_h
        dc[:, t] = dh[:, t] * o[:, t] * (1 - tc[:, t]**2)
        if t < T - 1:
            dc[:, t] += dc[:, t + 1] * f[:, t + 1]
        dz[:, t] = np.concatenate([
            dc[:, t] * g[:, t] * i[:, t] * (1 - i[:, t]),
            dc[:, t] * cp[:, t] * f[:, t] * (1 - f[:, t]),
            dc[:, t] * i[:, t] * (1 - g[:, t]**2),
            dh[:, t] * tc[:, t] * o[:, t] * (1 - o[:, t])], axis=1)
    dh0 = dz[:, 0] @ W_h
    dc0 = dc[:, 0]
    return dz @ W_x, dh0, dc0, np.einsum('ntk,ntd->kd', dz, x), np.einsum('ntk,nth->kh', dz, hp), dz.sum((0, 1))
