import numpy as np


def bidirectional_rnn(x, h0s, forward, backward):
    N, T, D = x.shape
    H = h0s.shape[2]
    W_x, W_h, b = forward
    V_x, V_h, d = backward
    hs = np.zeros((N, T, 2 * H))
    h = h0s[0]
    for t in range(T):
        h = np.tanh(x[:, t] @ W_x.T + h @ W_h.T + b)
        hs[:, t, :H] = h
    h = h0s[1]
    for t in range(T - 1, -1, -1):
        h = np.tanh(x[:, t] @ V_x.T + h @ V_h.T + d)
        hs[:, t, H:] = h
    return hs
