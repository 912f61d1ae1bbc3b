# mistake: the derivative of the sigmoid is missing for the output gate, dz_o = dh * tanh(c)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def gates_at(xt, hp, W_x, W_h, b):
    H = hp.shape[1]
    z = xt @ W_x.T + hp @ W_h.T + b
    return sigmoid(z[:, :H]), sigmoid(z[:, H:2*H]), np.tanh(z[:, 2*H:3*H]), sigmoid(z[:, 3*H:])

def step_back(dh, dc, xt, hp, cp, c, W_x, W_h, b):
    i, f, g, o = gates_at(xt, hp, W_x, W_h, b)
    tc = np.tanh(c)
    dc = dc + dh * o * (1 - tc**2)
    dzo = dh * tc
    dzi = dc * g * i * (1 - i)
    dzf = dc * cp * f * (1 - f)
    dzg = dc * i * (1 - g**2)
    dz = np.concatenate([dzi, dzf, dzg, dzo], axis=1)
    return dz @ W_x, dz @ W_h, dc * f, dz.T @ xt, dz.T @ hp, dz.sum(axis=0)

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    T = x.shape[1]
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x); dW_h = np.zeros_like(W_h); db = np.zeros_like(b)
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in range(T - 1, -1, -1):
        hp, cp = (hs[:, t-1], cs[:, t-1]) if t else (h0, c0)
        dx[:, t], dh, dc, gx, gh, gb = step_back(dhs[:, t] + dh, dc, x[:, t], hp, cp, cs[:, t], W_x, W_h, b)
        dW_x += gx; dW_h += gh; db += gb
    return dx, dh, dc, dW_x, dW_h, db
