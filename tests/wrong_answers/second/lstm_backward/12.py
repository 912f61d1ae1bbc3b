# mistake: the parameter gradients are divided by the batch size N ; the sigmoid derivative is missing for the forget gate, dz_f = dc * c_{t-1}
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = np.zeros(x.shape)
    dW_x = np.zeros(W_x.shape); dW_h = np.zeros(W_h.shape); db = np.zeros(b.shape)
    dhn = np.zeros(h0.shape); dcn = np.zeros(c0.shape)
    for t in reversed(range(T)):
        hp = h0 if t == 0 else hs[:, t - 1]
        cp = c0 if t == 0 else cs[:, t - 1]
        a = np.split(x[:, t] @ W_x.T + hp @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(a[0]), sigmoid(a[1]), np.tanh(a[2]), sigmoid(a[3])
        th = np.tanh(cs[:, t])
        dh = dhs[:, t] + dhn
        dc = dcn + dh * o * (1 - th**2)
        dz = np.concatenate([dc*g*i*(1-i), dc*cp, dc*i*(1-g**2), dh*th*o*(1-o)], axis=1)
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t] / N
        dW_h += dz.T @ hp / N
        db += dz.mean(axis=0)
        dhn, dcn = dz @ W_h, dc * f
    return dx, dhn, dcn, dW_x, dW_h, db
