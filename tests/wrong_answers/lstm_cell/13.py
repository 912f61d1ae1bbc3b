# mistake: the inputs are joined as [h, x] while the weights are joined as [W_x, W_h], so the columns do not belong together
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    concat = np.hstack((h, x))
    W = np.hstack((W_x, W_h))
    i, f, g, o = np.split(concat @ W.T + b, 4, axis=1)
    c_next = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h_next = sigmoid(o) * np.tanh(c_next)
    return h_next, c_next
