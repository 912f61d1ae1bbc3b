import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    T = x.shape[1]
    H = h0.shape[1]
    Wxi, Wxf, Wxg, Wxo = (W_x[k * H:(k + 1) * H] for k in range(4))
    Whi, Whf, Whg, Who = (W_h[k * H:(k + 1) * H] for k in range(4))
    bi, bf, bg, bo = b.reshape(4, H)
    dx = np.zeros(x.shape)
    dWx = [np.zeros(Wxi.shape) for _ in range(4)]
    dWh = [np.zeros(Whi.shape) for _ in range(4)]
    dbs = [np.zeros(H) for _ in range(4)]
    dh_next = np.zeros(h0.shape)
    dc_next = np.zeros(c0.shape)
    for t in range(T - 1, -1, -1):
        if t:
            h, c = hs[:, t - 1], cs[:, t - 1]
        else:
            h, c = h0, c0
        xt = x[:, t]
        i = sigmoid(xt @ Wxi.T + h @ Whi.T + bi)
        f = sigmoid(xt @ Wxf.T + h @ Whf.T + bf)
        g = np.tanh(xt @ Wxg.T + h @ Whg.T + bg)
        o = sigmoid(xt @ Wxo.T + h @ Who.T + bo)
        tanh_c = np.tanh(f * c + i * g)
        dh = dhs[:, t] + dh_next
        do = dh * tanh_c * o * (1 - o)
        dc = dc_next + dh * o * (1 - tanh_c)
        df = dc * c * f * (1 - f)
        di = dc * g * i * (1 - i)
        dg = dc * i * (1 - g * g)
        for k, d in enumerate((di, df, dg, do)):
            dWx[k] += d.T @ xt
            dWh[k] += d.T @ h
            dbs[k] += d.sum(axis=0)
        dx[:, t] = di @ Wxi + df @ Wxf + dg @ Wxg + do @ Wxo
        dh_next = di @ Whi + df @ Whf + dg @ Whg + do @ Who
        dc_next = f * dc
    return dx, dh_next, dc_next, np.vstack(dWx), np.vstack(dWh), np.concatenate(dbs)
