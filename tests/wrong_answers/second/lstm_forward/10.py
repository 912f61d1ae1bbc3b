# mistake: only the last memory cell, shape (N, H), is returned instead of the cells of all steps
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class Cell:
    def __init__(self, W_x, W_h, b):
        self.W_x, self.W_h, self.b = W_x, W_h, b

    def __call__(self, x, h, c):
        i, f, g, o = np.split(x @ self.W_x.T + h @ self.W_h.T + self.b, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        return sigmoid(o) * np.tanh(c), c

def lstm_forward(x, h0, c0, W_x, W_h, b):
    cell = Cell(W_x, W_h, b)
    h, c = h0, c0
    outputs, cells = [], []
    for t in range(x.shape[1]):
        h, c = cell(x[:, t], h, c)
        outputs.append(h)
        cells.append(c)
    return np.stack(outputs, axis=1), c
