import numpy as np

def sig(a):
    return 1 / (1 + np.exp(-a))

def step(xt, h_prev, c_prev, W, b):
    """one LSTM step with the joint weight matrix"""
    z = np.concatenate([xt, h_prev], axis=1) @ W.T + b
    H = h_prev.shape[1]
    i = sig(z[:, 0:H])
    f = sig(z[:, H:2 * H])
    g = np.tanh(z[:, 2 * H:3 * H])
    o = sig(z[:, 3 * H:4 * H])
    c_new = f * c_prev + i * g
    h_new = o * c_new
    return h_new, c_new

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, _ = x.shape
    H = h0.shape[1]
    W = np.concatenate([W_x, W_h], axis=1)
    hs = np.empty((N, T, H))
    cs = np.empty((N, T, H))
    h_prev, c_prev = h0, c0
    for t in range(T):
        h_new, c_new = step(x[:, t, :], h_prev, c_prev, W, b)
        hs[:, t, :] = h_new
        cs[:, t, :] = c_new
        h_prev, c_prev = h_new, c_new
    return hs, cs
