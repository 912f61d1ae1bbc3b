# mistake: the recurrent term of the candidate uses f*h instead of h, like the reset gate of a GRU
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    def affine(k, state):
        s = slice(k*H, (k+1)*H)
        return x @ W_x[s].T + state @ W_h[s].T + b[s]
    i = sigmoid(affine(0, h))
    f = sigmoid(affine(1, h))
    g = np.tanh(affine(2, f * h))
    o = sigmoid(affine(3, h))
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next
