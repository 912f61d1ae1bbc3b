# mistake: the bias is only added at the first step and forgotten at all later ones
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def activate(z):
    i, f, g, o = np.split(z, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)

def lstm_forward(x, h0, c0, W_x, W_h, b):
    i, f, g, o = activate(x[:, 0] @ W_x.T + h0 @ W_h.T + b)
    c = f * c0 + i * g
    h = o * np.tanh(c)
    hs, cs = [h], [c]
    for t in range(1, x.shape[1]):
        i, f, g, o = activate(x[:, t] @ W_x.T + h @ W_h.T)
        c = f * c + i * g
        h = o * np.tanh(c)
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)
