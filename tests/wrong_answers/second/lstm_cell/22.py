# mistake: the sigmoid has the wrong sign in the exponent, so every gate is 1 minus what it should be
import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(z))

def lstm_cell(x, h, c, W_x, W_h, b):
    N, H = h.shape
    z = x @ W_x.T + h @ W_h.T + b
    i, f, g, o = z.reshape(N, 4, H).swapaxes(0, 1)
    i, f, o = map(sigmoid, (i, f, o))
    c_next = f * c + i * np.tanh(g)
    return o * np.tanh(c_next), c_next
