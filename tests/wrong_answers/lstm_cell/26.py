# mistake: the bias is counted twice, once with the input part and once with the recurrent part
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def linear(v, W, b):
    return v @ W.T + b

def lstm_cell(x, h, c, W_x, W_h, b):
    z = linear(x, W_x, b) + linear(h, W_h, b)
    zi, zf, zg, zo = np.split(z, 4, axis=1)
    i, f, g, o = sigmoid(zi), sigmoid(zf), np.tanh(zg), sigmoid(zo)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
