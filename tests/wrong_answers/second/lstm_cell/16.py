# mistake: the candidate g leaves out the recurrent term W_hg h
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    i = sigmoid(x @ W_x[:H].T + h @ W_h[:H].T + b[:H])
    f = sigmoid(x @ W_x[H:2*H].T + h @ W_h[H:2*H].T + b[H:2*H])
    g = np.tanh(x @ W_x[2*H:3*H].T + b[2*H:3*H])
    o = sigmoid(x @ W_x[3*H:].T + h @ W_h[3*H:].T + b[3*H:])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
