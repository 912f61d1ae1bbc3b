# mistake: the state before the first step is taken as zero instead of h0 when the gates and dW_h are computed
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = W_h.shape[1]
    h_prevs = np.zeros((N, T, H))
    h_prevs[:, 1:] = hs[:, :-1]
    c_prevs = np.zeros((N, T, H))
    c_prevs[:, 0] = c0
    c_prevs[:, 1:] = cs[:, :-1]
    dx = np.zeros((N, T, D))
    dW_x, dW_h, db = np.zeros((4*H, D)), np.zeros((4*H, H)), np.zeros(4*H)
    dh_next, dc_next = np.zeros((N, H)), np.zeros((N, H))
    for t in reversed(range(T)):
        h_prev, c_prev = h_prevs[:, t], c_prevs[:, t]
        i, f, g, o = np.split(x[:, t] @ W_x.T + h_prev @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_next
        dc = dh * o * (1 - tc**2) + dc_next
        dz = np.concatenate([dc*g*i*(1-i), dc*c_prev*f*(1-f), dc*i*(1-g**2), dh*tc*o*(1-o)], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dh_next = dz @ W_h
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x, dW_h, db
