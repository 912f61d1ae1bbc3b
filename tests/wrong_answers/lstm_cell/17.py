# mistake: W_x and W_h are brought to the fitting shape with reshape instead of being transposed, which jumbles their entries
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    N, D = x.shape
    H = h.shape[1]
    Wx = W_x.reshape(D, 4 * H)
    Wh = W_h.reshape(H, 4 * H)
    z = x @ Wx + h @ Wh + b
    i = sigmoid(z[:, :H])
    f = sigmoid(z[:, H:2*H])
    g = np.tanh(z[:, 2*H:3*H])
    o = sigmoid(z[:, 3*H:])
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next
