# mistake: h0 is ignored, the hidden state starts at zero
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, _ = x.shape
    H = h0.shape[1]
    h, c = np.zeros((N, H)), c0
    hs, cs = [], []
    for t in range(T):
        a = x[:, t, :] @ W_x.T + h @ W_h.T + b
        i = sigmoid(a[:, :H])
        f = sigmoid(a[:, H:2*H])
        g = np.tanh(a[:, 2*H:3*H])
        o = sigmoid(a[:, 3*H:])
        c = f * c + i * g
        h = o * np.tanh(c)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)
