# mistake: only the state after the last step is returned instead of the states of all steps
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = x @ W_x.T + h @ W_h.T + b
    i, f, g, o = np.split(z, 4, axis=1)
    c_next = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h_next = sigmoid(o) * np.tanh(c_next)
    return h_next, c_next

def lstm_forward(x, h0, c0, W_x, W_h, b):
    hs, cs = h0, c0
    for t in range(x.shape[1]):
        hs, cs = lstm_cell(x[:, t], hs, cs, W_x, W_h, b)
    return hs, cs
