import numpy as np


def stable_sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def lstm_cell(x, h, c, W_x, W_h, b):
    gates = {}
    H = h.shape[1]
    for k, name in enumerate("ifgo"):
        rows = slice(k * H, (k + 1) * H)
        a = x @ W_x[rows].T + h @ W_h[rows].T + b[rows]
        gates[name] = np.tanh(a) if name == "g" else stable_sigmoid(a)
    c_next = gates["f"] * c + gates["i"] * gates["g"] * gates["o"]
    return gates["o"] * np.tanh(c_next), c_next
