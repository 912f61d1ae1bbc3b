# mistake: the cell gradient of the later step is not added, so nothing flows back along the memory cell ; db is averaged over the batch
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def step_backward(dh, dc_in, xt, h_prev, c_prev, c, W_x, W_h, b):
    zi, zf, zg, zo = np.split(xt @ W_x.T + h_prev @ W_h.T + b, 4, axis=1)
    i, f, g, o = sigmoid(zi), sigmoid(zf), np.tanh(zg), sigmoid(zo)
    tc = np.tanh(c)
    dc = dh * o * (1 - tc ** 2)
    dzi = dc * g * i * (1 - i)
    dzf = dc * c_prev * f * (1 - f)
    dzg = dc * i * (1 - g ** 2)
    dzo = dh * tc * o * (1 - o)
    dz = np.hstack([dzi, dzf, dzg, dzo])
    return dz @ W_x, dz @ W_h, dc * f, dz.T @ xt, dz.T @ h_prev, dz.mean(axis=0)

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = np.zeros_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        hp = hs[:, t - 1] if t > 0 else h0
        cp = cs[:, t - 1] if t > 0 else c0
        dx[:, t], dh, dc, a, r, s = step_backward(dhs[:, t] + dh, dc, x[:, t], hp, cp, cs[:, t], W_x, W_h, b)
        dW_x += a
        dW_h += r
        db += s
    return dx, dh, dc, dW_x, dW_h, db
