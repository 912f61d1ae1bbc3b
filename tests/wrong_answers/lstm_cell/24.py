# mistake: an extra 1 is added to the forget gate before the sigmoid, as some libraries do ; the candidate g gets no activation function
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    z = (W_x @ x.T + W_h @ h.T).T + b
    i = sigmoid(z[:, :H])
    f = sigmoid(z[:, H:2*H] + 1.0)
    g = z[:, 2*H:3*H]
    o = sigmoid(z[:, 3*H:])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
