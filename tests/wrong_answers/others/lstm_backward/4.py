import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, H = hs.shape
    hp = np.concatenate((h0[:, None], hs), axis=1)[:, :T]
    cp = np.concatenate((c0[:, None], cs), axis=1)[:, :T]
    a = x @ W_x.T + hp @ W_h.T + b
    s = sigmoid(a).reshape(N, T, 4, H)
    i, f, o = s[:, :, 0], s[:, :, 1], s[:, :, 3]
    g = np.tanh(a[..., 2 * H:3 * H])
    tc = np.tanh(cs)
    dz = np.zeros((N, T, 4, H))
    carry_h = carry_c = np.zeros((N, H))
    for t in range(T)[::-1]:
        total_h = dhs[:, t] + carry_h
        total_c = carry_c + dhs[:, t] * o[:, t] * (1 - tc[:, t] ** 2)
        dz[:, t, 0] = total_c * (g * i * (1 - i))[:, t]
        dz[:, t, 1] = total_c * (cp * f * (1 - f))[:, t]
        dz[:, t, 2] = total_c * (i * (1 - g**2))[:, t]
        dz[:, t, 3] = total_h * (tc * o * (1 - o))[:, t]
        carry_c = total_c * f[:, t]
        carry_h = dz[:, t].reshape(N, 4 * H) @ W_h
    flat = dz.reshape(N * T, 4 * H)
    dW_x = flat.T @ x.reshape(N * T, -1)
    dW_h = flat.T @ hp.reshape(N * T, H)
    return (flat @ W_x).reshape(x.shape), carry_h, carry_c, dW_x, dW_h, flat.sum(0)
