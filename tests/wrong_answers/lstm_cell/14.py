# mistake: i and f change places in the cell update, c' = i*c + f*g ; h' is computed from the old c instead of c'
import numpy as np

def sigma(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = [x @ wx.T + h @ wh.T + bb
                  for wx, wh, bb in zip(np.split(W_x, 4), np.split(W_h, 4), np.split(b, 4))]
    i, f, o = sigma(i), sigma(f), sigma(o)
    g = np.tanh(g)
    new_c = i * c + f * g
    new_h = o * np.tanh(c)
    return new_h, new_c
