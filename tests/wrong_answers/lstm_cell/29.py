# mistake: the recurrent term h W_h is missing from the gates ; the results are returned as (c', h')
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    hid = W_h.shape[1]
    z = np.dot(x, W_x.T)
    z = z + b
    i = sigmoid(z[:, :hid])
    f = sigmoid(z[:, hid:2*hid])
    g = np.tanh(z[:, 2*hid:3*hid])
    o = sigmoid(z[:, 3*hid:])
    c_t = f * c + i * g
    h_t = o * np.tanh(c_t)
    return c_t, h_t
