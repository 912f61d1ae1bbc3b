# mistake: the cell gradient is passed back without the forget gate (dc_next = dc instead of dc * f)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    h_all = np.concatenate([h0[:, None], hs], axis=1)
    c_all = np.concatenate([c0[:, None], cs], axis=1)
    dx = np.zeros_like(x)
    dW_x, dW_h, db = 0, 0, 0
    dh_next = dc_next = 0
    for t in range(T)[::-1]:
        h_prev, c_prev, c = h_all[:, t], c_all[:, t], c_all[:, t + 1]
        i, f, g, o = np.split(x[:, t] @ W_x.T + h_prev @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        dh = dhs[:, t] + dh_next
        dc = dc_next + dh * o * (1 - np.tanh(c)**2)
        da = np.concatenate((dc * g * i * (1-i), dc * c_prev * f * (1-f), dc * i * (1-g*g), dh * np.tanh(c) * o * (1-o)), axis=1)
        dx[:, t] = da @ W_x
        dW_x = dW_x + da.T @ x[:, t]
        dW_h = dW_h + da.T @ h_prev
        db = db + da.sum(axis=0)
        dh_next = da @ W_h
        dc_next = dc
    return dx, dh_next, dc_next, dW_x, dW_h, db
