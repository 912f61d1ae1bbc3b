import numpy as np

def _sig(v):
    return 1 / (1 + np.exp(-v))

def lstm_cell(x, h, c, W_x, W_h, b):
    n = h.shape[1]
    a = x @ W_x.T + h @ W_h.T + b
    ai, af, ag, ao = a[:, 0:n], a[:, n:2*n], a[:, 2*n:3*n], a[:, 3*n:4*n]
    c_next = _sig(af) * c + _sig(ai) * np.tanh(ag)
    h_next = _sig(ao) * c_next
    return h_next, c_next
