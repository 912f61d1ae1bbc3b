# mistake: the output gate is squashed with tanh instead of the sigmoid
import numpy as np

def sigmoid(a):
    return np.where(a >= 0, 1 / (1 + np.exp(-np.abs(a))), np.exp(-np.abs(a)) / (1 + np.exp(-np.abs(a))))

def lstm_cell(x, h, c, W_x, W_h, b):
    hid = h.shape[-1]
    pre = x @ W_x.T + h @ W_h.T + b
    i_f = sigmoid(pre[:, : 2 * hid])
    g_o = np.tanh(pre[:, 2 * hid :])
    i, f = i_f[:, :hid], i_f[:, hid:]
    g, o = g_o[:, :hid], g_o[:, hid:]
    c = f * c + i * g
    h = o * np.tanh(c)
    return h, c
