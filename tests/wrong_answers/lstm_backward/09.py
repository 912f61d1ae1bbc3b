# mistake: dW_h is built with the hidden state after the step, hs[:, t], instead of the one before it
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros_like(b)
    dh_next = np.zeros((N, H))
    dc_next = np.zeros((N, H))
    for t in reversed(range(T)):
        xt = x[:, t]
        ht = hs[:, t]
        ct = cs[:, t]
        h_prev = h0 if t == 0 else hs[:, t-1]
        c_prev = c0 if t == 0 else cs[:, t-1]
        z = xt @ W_x.T + h_prev @ W_h.T + b
        i = sigmoid(z[:, :H])
        f = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:])
        dh = dhs[:, t] + dh_next
        do = dh * np.tanh(ct) * o * (1 - o)
        dc = dh * o * (1 - np.tanh(ct)**2) + dc_next
        di = dc * g * i * (1 - i)
        df = dc * c_prev * f * (1 - f)
        dg = dc * i * (1 - g**2)
        dz = np.concatenate([di, df, dg, do], axis=1)
        dW_x += dz.T @ xt
        dW_h += dz.T @ ht
        db += dz.sum(axis=0)
        dx[:, t] = dz @ W_x
        dh_next = dz @ W_h
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x, dW_h, db
