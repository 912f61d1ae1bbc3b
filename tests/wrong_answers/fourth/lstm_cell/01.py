import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    N, D = x.shape
    H = h.shape[1]
    # make the shapes fit
    Wx = W_x.reshape(D, 4 * H)
    Wh = W_h.reshape(H, 4 * H)
    z = x @ Wx + h @ Wh + b
    i = sigmoid(z[:, :H])
    f = sigmoid(z[:, H:2*H])
    g = np.tanh(z[:, 2*H:3*H])
    o = sigmoid(z[:, 3*H:])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
