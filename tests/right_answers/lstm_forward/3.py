import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


# %%
def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = np.split(x @ W_x.T + h @ W_h.T + b, 4, axis=1)
    c_next = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_next), c_next


# %%
def lstm_forward(x, h0, c0, W_x, W_h, b):
    steps = x.shape[1]
    hs = np.zeros((x.shape[0], steps, h0.shape[1]), dtype=np.float32)
    cs = np.zeros_like(hs)
    h, c, t = h0, c0, 0
    while t < steps:
        h, c = lstm_cell(x[:, t], h, c, W_x, W_h, b)
        hs[:, t], cs[:, t] = h, c
        t += 1
    return hs, cs
