# mistake: the first block is used as forget gate and the second as input gate (order f, i, g, o)
import numpy as np

def _sigm(t):
    return 0.5 * (1 + np.tanh(0.5 * t))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    names = ["f", "i", "g", "o"]
    z = {}
    for k, name in enumerate(names):
        rows = slice(k * H, (k + 1) * H)
        z[name] = x @ W_x[rows].T + h @ W_h[rows].T + b[rows]
    gate = {n: (np.tanh(z[n]) if n == "g" else _sigm(z[n])) for n in names}
    c1 = gate["f"] * c + gate["i"] * gate["g"]
    return gate["o"] * np.tanh(c1), c1
