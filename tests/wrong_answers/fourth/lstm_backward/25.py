import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros_like(b)
    dh_next = np.zeros((N, H))
    dc_next = np.zeros((N, H))
    for t in reversed(range(T)):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i = sigmoid(z[:, :H])
        f = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:])
        tc = np.tanh(cs[:, t])

        dh = dhs[:, t] + dh_next
        dc = dh * o * (1 - tc**2) + dc_next
        do = dh * tc
        di = dc * i
        df = dc * c_prev
        dg = dc * g
        dz = np.concatenate([di * i * (1 - i), df * f * (1 - f), dg * (1 - g**2), do * o * (1 - o)], axis=1)

        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dh_next = dz @ W_h
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x, dW_h, db
