import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def lstm_forward(x, h0, c0, W_x, W_h, b):
    h_list, c_list = [], []
    h = np.zeros_like(h0)
    c = np.zeros_like(c0)
    for t in range(x.shape[1]):
        gates = np.dot(x[:, t, :], W_x.T) + np.dot(h, W_h.T) + b
        i, f, g, o = np.split(gates, 4, axis=1)
        i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
        g = np.tanh(g)
        c = f * c + i * g
        h = o * np.tanh(c)
        h_list.append(h)
        c_list.append(c)
    return np.stack(h_list, axis=1), np.stack(c_list, axis=1)
