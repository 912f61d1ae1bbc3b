# mistake: a constant forget bias of 1.0 is added inside the forget gate, as old TensorFlow cells do ; the blocks are read in the order i, f, o, g with the candidate last
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b, forget_bias=1.0):
    i, f, o, g = np.split(x @ W_x.T + h @ W_h.T + b, 4, axis=1)
    c_next = sigmoid(f + forget_bias) * c + sigmoid(i) * np.tanh(g)
    h_next = sigmoid(o) * np.tanh(c_next)
    return h_next, c_next
