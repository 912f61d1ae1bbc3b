# mistake: dh is sent back through the recurrent blocks with the wrong transpose (dz_k @ W_hk.T instead of dz_k @ W_hk)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    W_hi, W_hf, W_hg, W_ho = np.split(W_h, 4)
    W_xi, W_xf, W_xg, W_xo = np.split(W_x, 4)
    b_i, b_f, b_g, b_o = np.split(b, 4)
    dx = np.zeros_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dh_next, dc_next = np.zeros((N, H)), np.zeros((N, H))
    for t in reversed(range(T)):
        xt = x[:, t]
        hp = hs[:, t-1] if t > 0 else h0
        cp = cs[:, t-1] if t > 0 else c0
        i = sigmoid(xt @ W_xi.T + hp @ W_hi.T + b_i)
        f = sigmoid(xt @ W_xf.T + hp @ W_hf.T + b_f)
        g = np.tanh(xt @ W_xg.T + hp @ W_hg.T + b_g)
        o = sigmoid(xt @ W_xo.T + hp @ W_ho.T + b_o)
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_next
        dc = dh * o * (1 - tc**2) + dc_next
        dzi = dc * g * i * (1 - i)
        dzf = dc * cp * f * (1 - f)
        dzg = dc * i * (1 - g**2)
        dzo = dh * tc * o * (1 - o)
        dx[:, t] = dzi @ W_xi + dzf @ W_xf + dzg @ W_xg + dzo @ W_xo
        dW_x += np.vstack([d.T @ xt for d in (dzi, dzf, dzg, dzo)])
        dW_h += np.vstack([d.T @ hp for d in (dzi, dzf, dzg, dzo)])
        db += np.concatenate([d.sum(axis=0) for d in (dzi, dzf, dzg, dzo)])
        dh_next = dzi @ W_hi.T + dzf @ W_hf.T + dzg @ W_hg.T + dzo @ W_ho.T
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x, dW_h, db
