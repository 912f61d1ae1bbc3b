# mistake: the tanh is taken of the product o*c' instead of only of c' ; the bias is never added
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = np.hstack((x, h)) @ np.hstack((W_x, W_h)).T
    i, f, g, o = np.split(z, 4, axis=1)
    c_next = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h_next = np.tanh(sigmoid(o) * c_next)
    return h_next, c_next
