# mistake: the cell update is f * (c + i*g), the forget gate also scales the new candidate
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    batch, H = h.shape
    h_next = np.zeros((batch, H))
    c_next = np.zeros((batch, H))
    for n in range(batch):
        z = W_x @ x[n] + W_h @ h[n] + b
        i, f, g, o = z.reshape(4, H)
        c_next[n] = sigmoid(f) * (c[n] + sigmoid(i) * np.tanh(g))
        h_next[n] = sigmoid(o) * np.tanh(c_next[n])
    return h_next, c_next
