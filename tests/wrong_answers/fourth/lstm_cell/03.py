import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    z = x @ W_x.T + h @ W_h.T + b
    gates = [sigmoid(z[:, k*H:(k+1)*H]) for k in range(4)]
    i, f, g, o = gates
    c_next = f * c + i * g
    return o * c_next, c_next
