# mistake: the hidden state starts at zero instead of h0
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, _ = x.shape
    H = W_h.shape[1]
    h = np.zeros((N, H))
    c = c0
    hs, cs = [], []
    for t in range(T):
        z = x[:, t] @ W_x.T + h @ W_h.T + b
        i, f, g, o = z[:, :H], z[:, H:2*H], z[:, 2*H:3*H], z[:, 3*H:]
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)
