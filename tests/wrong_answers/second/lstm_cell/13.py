# mistake: the forget gate is read backwards, the old cell is multiplied by 1 - f
import numpy as np

def sig(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    lin = (W_x @ x.T + W_h @ h.T + b[:, None]).T
    i, f, g, o = np.array_split(lin, 4, axis=1)
    kept = (1 - sig(f)) * c
    written = sig(i) * np.tanh(g)
    c_new = kept + written
    return sig(o) * np.tanh(c_new), c_new
