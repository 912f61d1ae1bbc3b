# mistake: the sigmoid has the wrong sign in the exponent, 1 / (1 + exp(z)), so every gate opens where it should close
import numpy as np

def my_sigmoid(z):
    return 1 / (1 + np.exp(z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = x @ W_x.T + h @ W_h.T + b
    H = z.shape[1] // 4
    i = my_sigmoid(z[:, :H])
    f = my_sigmoid(z[:, H:H+H])
    g = np.tanh(z[:, H+H:H+H+H])
    o = my_sigmoid(z[:, -H:])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
