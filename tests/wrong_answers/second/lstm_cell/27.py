# mistake: the candidate is squashed with the sigmoid instead of tanh ; the hidden state is o * c' without tanh
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = x @ W_x.T + h @ W_h.T + b
    i, f, g, o = np.split(z, 4, axis=1)
    i = sigmoid(i); f = sigmoid(f); g = sigmoid(g); o = sigmoid(o)
    c_next = f * c + i * g
    h_next = o * c_next
    return h_next, c_next
