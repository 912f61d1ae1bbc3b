# mistake: the candidate g uses the sigmoid instead of tanh ; the new hidden state is o times c' without tanh
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    z = sigmoid(x @ W_x.T + h @ W_h.T + b)
    i, f, g, o = np.split(z, 4, axis=-1)
    c = f * c + i * g
    h = o * c
    return h, c
