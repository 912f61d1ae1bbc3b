# mistake: the derivative of tanh(c) is written as 1 - c**2 instead of 1 - tanh(c)**2
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def dsigmoid(s):
    return s * (1 - s)

def dtanh(y):
    return 1 - y ** 2

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx, dW_x, dW_h, db = [np.zeros_like(v) for v in (x, W_x, W_h, b)]
    dh_next, dc_next = np.zeros((N, H)), np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev, c_prev = (h0, c0) if t == 0 else (hs[:, t-1], cs[:, t-1])
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i = sigmoid(z[:, :H]); f = sigmoid(z[:, H:2*H]); g = np.tanh(z[:, 2*H:3*H]); o = sigmoid(z[:, 3*H:])
        c = cs[:, t]
        dh = dhs[:, t] + dh_next
        dc = dh * o * dtanh(c) + dc_next
        dz = np.empty((N, 4 * H))
        dz[:, :H] = dc * g * dsigmoid(i)
        dz[:, H:2*H] = dc * c_prev * dsigmoid(f)
        dz[:, 2*H:3*H] = dc * i * dtanh(g)
        dz[:, 3*H:] = dh * np.tanh(c) * dsigmoid(o)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dh_next = dz @ W_h
        dc_next = f * dc
    return dx, dh_next, dc_next, dW_x, dW_h, db
