# mistake: the loop starts at the second time step, so the first input is never processed and position 0 stays zero
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h, c = h0, c0
    for t in range(1, T):
        gates = x[:, t] @ W_x.T + h @ W_h.T + b
        gates = gates.reshape(N, 4, H)
        i, f, o = (sigmoid(gates[:, k]) for k in (0, 1, 3))
        g = np.tanh(gates[:, 2])
        c = f * c + i * g
        h = o * np.tanh(c)
        hs[:, t], cs[:, t] = h, c
    return hs, cs
