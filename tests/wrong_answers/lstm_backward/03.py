# mistake: the gradient of the memory cell is carried back between the steps without being multiplied by the forget gate (dc0 at the end does get the factor)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros(x.shape)
    dW_x = np.zeros(W_x.shape)
    dW_h = np.zeros(W_h.shape)
    db = np.zeros(b.shape)
    carry_h = np.zeros((N, H))
    carry_c = np.zeros((N, H))
    for t in range(T)[::-1]:
        h_before = hs[:, t-1] if t else h0
        c_before = cs[:, t-1] if t else c0
        z = x[:, t] @ W_x.T + h_before @ W_h.T + b
        i, f, o = sigmoid(z[:, :H]), sigmoid(z[:, H:2*H]), sigmoid(z[:, 3*H:])
        g = np.tanh(z[:, 2*H:3*H])
        tanh_c = np.tanh(cs[:, t])
        dh = dhs[:, t] + carry_h
        dc = dh * o * (1 - tanh_c ** 2) + carry_c
        dz = np.zeros((N, 4 * H))
        dz[:, :H] = dc * g * i * (1 - i)
        dz[:, H:2*H] = dc * c_before * f * (1 - f)
        dz[:, 2*H:3*H] = dc * i * (1 - g ** 2)
        dz[:, 3*H:] = dh * tanh_c * o * (1 - o)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_before
        db += dz.sum(axis=0)
        carry_h = dz @ W_h
        carry_c = dc
        if t == 0:
            dh0, dc0 = carry_h, dc * f
    return dx, dh0, dc0, dW_x, dW_h, db
