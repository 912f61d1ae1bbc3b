# mistake: the derivative of tanh is left out for the candidate, dz_g = dc * i
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    T = x.shape[1]
    grads = dict(x=np.zeros_like(x), W_x=np.zeros_like(W_x), W_h=np.zeros_like(W_h), b=np.zeros_like(b))
    dh_next = np.zeros_like(h0)
    dc_next = np.zeros_like(c0)
    for t in reversed(range(T)):
        h_prev = h0 if t == 0 else hs[:, t-1]
        c_prev = c0 if t == 0 else cs[:, t-1]
        zi, zf, zg, zo = np.split(x[:, t] @ W_x.T + h_prev @ W_h.T + b, 4, axis=1)
        i, f, o = sigmoid(zi), sigmoid(zf), sigmoid(zo)
        g = np.tanh(zg)
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_next
        dc = dh * o * (1 - tc * tc) + dc_next
        d_i = dc * g * i * (1 - i)
        d_f = dc * c_prev * f * (1 - f)
        d_g = dc * i
        d_o = dh * tc * o * (1 - o)
        dz = np.hstack((d_i, d_f, d_g, d_o))
        grads["x"][:, t] = dz @ W_x
        grads["W_x"] += dz.T @ x[:, t]
        grads["W_h"] += dz.T @ h_prev
        grads["b"] += dz.sum(axis=0)
        dh_next = dz @ W_h
        dc_next = dc * f
    return grads["x"], dh_next, dc_next, grads["W_x"], grads["W_h"], grads["b"]
