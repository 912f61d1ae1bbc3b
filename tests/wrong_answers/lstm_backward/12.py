# mistake: the gradients of W_x, W_h and b are averaged over the batch (divided by N) instead of summed
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    dx = np.empty_like(x)
    grads = {"W_x": np.zeros_like(W_x), "W_h": np.zeros_like(W_h), "b": np.zeros_like(b)}
    dh_n, dc_n = 0, 0
    for t in range(T - 1, -1, -1):
        h_prev, c_prev = (hs[:, t-1], cs[:, t-1]) if t else (h0, c0)
        i, f, g, o = np.split(x[:, t] @ W_x.T + h_prev @ W_h.T + b, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        s = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_n
        dc = dc_n + o * (1 - s * s) * dh
        dz = np.concatenate([g * dc * i * (1 - i), c_prev * dc * f * (1 - f),
                             i * dc * (1 - g * g), s * dh * o * (1 - o)], axis=1)
        grads["W_x"] += dz.T @ x[:, t] / N
        grads["W_h"] += dz.T @ h_prev / N
        grads["b"] += dz.mean(axis=0)
        dx[:, t] = dz @ W_x
        dh_n, dc_n = dz @ W_h, dc * f
    return dx, dh_n, dc_n, grads["W_x"], grads["W_h"], grads["b"]
