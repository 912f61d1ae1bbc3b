import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    z = x @ W_x.T + h @ W_h.T + b
    i, f, g, o = (z[:, k*H:(k+1)*H] for k in range(4))
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c_next = np.tanh(f * c + i * g)
    h_next = o * c_next
    return h_next, c_next
