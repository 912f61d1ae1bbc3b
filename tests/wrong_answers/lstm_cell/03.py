# mistake: the new memory cell is not put through tanh before the output gate multiplies it
import numpy as np

sig = lambda v: 1 / (1 + np.exp(-v))

def lstm_cell(x, h, c, W_x, W_h, b):
    n = h.shape[-1]
    gates = {}
    for k, name in enumerate("ifgo"):
        rows = slice(k * n, (k + 1) * n)
        z = x @ W_x[rows].T + h @ W_h[rows].T + b[rows]
        gates[name] = np.tanh(z) if name == "g" else sig(z)
    c1 = gates["f"] * c + gates["i"] * gates["g"]
    h1 = gates["o"] * c1
    return h1, c1
