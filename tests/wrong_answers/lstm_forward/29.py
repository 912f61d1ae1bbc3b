# mistake: the old cell is multiplied by 1 - f instead of f ; the state is stored before each step, so the results begin with h0, c0 and lack the last state
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    T = x.shape[1]
    H = h0.shape[1]
    hs, cs = [], []
    h, c = h0, c0
    for t in range(T):
        hs.append(h)
        cs.append(c)
        z = x[:, t] @ W_x.T + h @ W_h.T + b
        i = sigmoid(z[:, :H])
        f = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:])
        c = (1 - f) * c + i * g
        h = o * np.tanh(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)
