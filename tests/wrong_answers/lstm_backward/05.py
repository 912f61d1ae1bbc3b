# mistake: the gradient of the forget gate uses the cell after the step, c_t, instead of c_{t-1} ; the gradients of the parameters are divided by N
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dh_next = np.zeros((N, H))
    dc_next = np.zeros((N, H))
    h_all = np.concatenate([h0[:, None], hs], axis=1)
    c_all = np.concatenate([c0[:, None], cs], axis=1)
    for t in range(T, 0, -1):
        z = x[:, t-1] @ W_x.T + h_all[:, t-1] @ W_h.T + b
        i = sigmoid(z[:, :H])
        f = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:])
        tc = np.tanh(c_all[:, t])
        dh = dhs[:, t-1] + dh_next
        dc = dc_next + dh * o * (1 - tc**2)
        di = dc * g
        df = dc * c_all[:, t]
        dg = dc * i
        do = dh * tc
        dz = np.concatenate([di*i*(1-i), df*f*(1-f), dg*(1-g**2), do*o*(1-o)], axis=1)
        dW_x += dz.T @ x[:, t-1]
        dW_h += dz.T @ h_all[:, t-1]
        db += dz.sum(axis=0)
        dx[:, t-1] = dz @ W_x
        dh_next = dz @ W_h
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x / N, dW_h / N, db / N
