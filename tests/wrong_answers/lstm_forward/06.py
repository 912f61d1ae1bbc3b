# mistake: the previous cell is read as cs[:, t-1] also at the first step, where that wraps to the still empty last entry, so c0 is not used
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    for t in range(T):
        h_prev = h0 if t == 0 else hs[:, t-1]
        c_prev = cs[:, t-1]
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i, f, g, o = z[:, :H], z[:, H:2*H], z[:, 2*H:3*H], z[:, 3*H:]
        cs[:, t] = sigmoid(f) * c_prev + sigmoid(i) * np.tanh(g)
        hs[:, t] = sigmoid(o) * np.tanh(cs[:, t])
    return hs, cs
