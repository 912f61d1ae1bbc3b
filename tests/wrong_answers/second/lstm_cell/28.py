# mistake: the blocks are read in the order i, f, o, g ; the results are returned as (c', h')
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = np.dot(x, W_x.T) + np.dot(h, W_h.T) + b
    zi, zf, zo, zg = np.split(z, 4, axis=1)
    c_next = sigmoid(zf) * c + sigmoid(zi) * np.tanh(zg)
    h_next = sigmoid(zo) * np.tanh(c_next)
    return c_next, h_next
