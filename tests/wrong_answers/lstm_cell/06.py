# mistake: input and forget gate are swapped in the cell update, c' = i*c + f*g
import numpy as np

def sigmoid(t):
    return 1 / (1 + np.exp(-t))

def affine(x, h, Wx, Wh, b):
    return x @ Wx.T + h @ Wh.T + b

def lstm_cell(x, h, c, W_x, W_h, b):
    H = c.shape[1]
    blk = lambda k: (W_x[k*H:(k+1)*H], W_h[k*H:(k+1)*H], b[k*H:(k+1)*H])
    i = sigmoid(affine(x, h, *blk(0)))
    f = sigmoid(affine(x, h, *blk(1)))
    g = np.tanh(affine(x, h, *blk(2)))
    o = sigmoid(affine(x, h, *blk(3)))
    c_next = i * c + f * g
    return o * np.tanh(c_next), c_next
