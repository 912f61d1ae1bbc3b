# mistake: the input gate is missing, c' = f*c + g ; the recurrent part multiplies the old memory cell c by W_h instead of h
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = c.shape[1]
    z = x @ W_x.T + c @ W_h.T + b
    i = sigmoid(z[:, :H])
    f = sigmoid(z[:, H:2*H])
    g = np.tanh(z[:, 2*H:3*H])
    o = sigmoid(z[:, 3*H:])
    c_next = f * c + g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
