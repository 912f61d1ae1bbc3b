import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def d_sigmoid(s):
    # s is already sigmoid(z)
    return s * (1 - s)

def d_tanh(y):
    # y is already tanh(z)
    return 1 - y ** 2

def cell_forward(xt, h_prev, c_prev, W_x, W_h, b):
    i, f, g, o = np.split(xt @ W_x.T + h_prev @ W_h.T + b, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    c = f * c_prev + i * g
    return (xt, h_prev, c_prev, i, f, g, o, c)

def cell_backward(dh, dc_next, cache, W_x, W_h):
    xt, h_prev, c_prev, i, f, g, o, c = cache
    tanh_c = np.tanh(c)
    dc = dc_next + dh * o
    dzi = dc * g * d_sigmoid(i)
    dzf = dc * c_prev * d_sigmoid(f)
    dzg = dc * i * d_tanh(g)
    dzo = dh * tanh_c * d_sigmoid(o)
    dz = np.hstack([dzi, dzf, dzg, dzo])
    dxt = dz @ W_x
    dh_prev = dz @ W_h
    dc_prev = dc * f
    dWx = dz.T @ xt
    dWh = dz.T @ h_prev
    dbias = np.sum(dz, axis=0)
    return dxt, dh_prev, dc_prev, dWx, dWh, dbias

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    # forward once more for the gates
    caches = []
    h, c = h0, c0
    for t in range(T):
        caches.append(cell_forward(x[:, t], h, c, W_x, W_h, b))
        h, c = hs[:, t], cs[:, t]

    dx = np.zeros(x.shape)
    dW_x = np.zeros(W_x.shape)
    dW_h = np.zeros(W_h.shape)
    db = np.zeros(b.shape)
    dh_prev = np.zeros(h0.shape)
    dc_prev = np.zeros(c0.shape)
    for t in range(T)[::-1]:
        dh = dhs[:, t] + dh_prev
        dxt, dh_prev, dc_prev, dWx, dWh, dbias = cell_backward(dh, dc_prev, caches[t], W_x, W_h)
        dx[:, t] = dxt
        dW_x += dWx
        dW_h += dWh
        db += dbias
    return dx, dh_prev, dc_prev, dW_x, dW_h, db
