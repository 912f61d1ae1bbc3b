# mistake: what flows back to h_t through the gates of the next step is left out, the gradient of h_t is only dhs[:, t]
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx, dW_x, dW_h, db = (np.zeros_like(a) for a in (x, W_x, W_h, b))
    dc = np.zeros_like(c0)
    dh_prev = np.zeros_like(h0)
    for t in reversed(range(T)):
        hp = h0 if t == 0 else hs[:, t-1]
        cp = c0 if t == 0 else cs[:, t-1]
        i, f, g, o = np.split(x[:, t] @ W_x.T + hp @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        th = np.tanh(cs[:, t])
        dh = dhs[:, t]
        dc = dc + dh * o * (1 - th * th)
        da = np.hstack([dc * g * i * (1 - i),
                        dc * cp * f * (1 - f),
                        dc * i * (1 - g * g),
                        dh * th * o * (1 - o)])
        dW_x += da.T @ x[:, t]
        dW_h += da.T @ hp
        db += da.sum(0)
        dx[:, t] = da @ W_x
        dh_prev = da @ W_h
        dc = dc * f
    return dx, dh_prev, dc, dW_x, dW_h, db
