# mistake: the candidate g goes through the sigmoid instead of tanh
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = x.dot(W_x.T) + h.dot(W_h.T) + b
    i, f, g, o = [sigmoid(part) for part in np.split(z, 4, axis=-1)]
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next
