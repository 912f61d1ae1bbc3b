# mistake: dW_h is built with h_t instead of the state before the step h_{t-1}
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dzs = np.zeros((N, T, 4 * H))
    dh_next = np.zeros((N, H))
    dc_next = np.zeros((N, H))
    for t in reversed(range(T)):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        i, f, g, o = np.split(x[:, t] @ W_x.T + h_prev @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_next
        dc = dh * o * (1 - tc**2) + dc_next
        dzs[:, t] = np.hstack([dc*g*i*(1-i), dc*c_prev*f*(1-f), dc*i*(1-g**2), dh*tc*o*(1-o)])
        dh_next = dzs[:, t] @ W_h
        dc_next = dc * f
    dx = np.einsum('ntk,kd->ntd', dzs, W_x)
    dW_x = np.einsum('ntk,ntd->kd', dzs, x)
    dW_h = np.einsum('ntk,nth->kh', dzs, hs)
    db = np.einsum('ntk->k', dzs)
    return dx, dh_next, dc_next, dW_x, dW_h, db
