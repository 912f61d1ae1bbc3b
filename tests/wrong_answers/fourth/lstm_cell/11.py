import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    """One LSTM step."""
    H = h.shape[-1]
    z = np.dot(x, W_x.T) + np.dot(h, W_h.T) + b
    i = sigmoid(z[..., 0*H:1*H])
    f = sigmoid(z[..., 1*H:2*H])
    g = np.tanh(z[..., 2*H:3*H])
    o = sigmoid(z[..., 3*H:4*H])
    # forget something, then write the candidate
    c_next = f * c + g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
