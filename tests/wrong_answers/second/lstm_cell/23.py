# mistake: x and h are joined as [h, x] while the weights are joined as [W_x, W_h], so the columns do not belong together
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    inp = np.concatenate((h, x), axis=1)
    W = np.concatenate((W_x, W_h), axis=1)
    z = inp @ W.T + b
    H = h.shape[1]
    i, f, g, o = (z[:, k:k + H] for k in range(0, 4 * H, H))
    c_next = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_next), c_next
