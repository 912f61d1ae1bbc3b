# mistake: the memory cell starts at zero instead of c0
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    h, c = h0, np.zeros_like(c0)
    out_h, out_c = [], []
    for x_t in x.transpose(1, 0, 2):
        i, f, g, o = np.split(x_t @ W_x.T + h @ W_h.T + b, 4, axis=-1)
        c = c * sigmoid(f) + np.tanh(g) * sigmoid(i)
        h = np.tanh(c) * sigmoid(o)
        out_h.append(h[:, None])
        out_c.append(c[:, None])
    return np.concatenate(out_h, axis=1), np.concatenate(out_c, axis=1)
