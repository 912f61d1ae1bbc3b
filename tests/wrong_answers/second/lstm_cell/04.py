# mistake: the new hidden state is o * c' without the tanh of the memory cell
import numpy as np

sigmoid = lambda z: 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = np.einsum('nd,kd->nk', x, W_x) + np.einsum('nh,kh->nk', h, W_h) + b
    zi, zf, zg, zo = np.hsplit(z, 4)
    i, f, g, o = sigmoid(zi), sigmoid(zf), np.tanh(zg), sigmoid(zo)
    c_next = f * c + i * g
    h_next = o * c_next
    return h_next, c_next
