# mistake: the path from c_{t+1} back to c_t is left out, dc_t comes from h_t only
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = np.zeros(x.shape)
    dW_x = np.zeros(W_x.shape)
    dW_h = np.zeros(W_h.shape)
    db = np.zeros(b.shape)
    dh_next = np.zeros(h0.shape)
    dc_next = np.zeros(c0.shape)
    for t in reversed(range(T)):
        if t == 0:
            hp, cp = h0, c0
        else:
            hp, cp = hs[:, t - 1], cs[:, t - 1]
        zi, zf, zg, zo = np.split(x[:, t] @ W_x.T + hp @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(zi), sigmoid(zf), np.tanh(zg), sigmoid(zo)
        dh = dhs[:, t] + dh_next
        tanh_c = np.tanh(cs[:, t])
        dc = o * (1 - tanh_c ** 2) * dh
        do = dh * tanh_c
        di = dc * g
        dg = dc * i
        df = dc * cp
        dz = np.concatenate([di * i * (1 - i), df * f * (1 - f), dg * (1 - g ** 2), do * o * (1 - o)], axis=1)
        dx[:, t] = dz.dot(W_x)
        dW_x += dz.T.dot(x[:, t])
        dW_h += dz.T.dot(hp)
        db += dz.sum(0)
        dh_next = dz.dot(W_h)
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x, dW_h, db
