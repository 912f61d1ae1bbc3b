# mistake: the square blocks of W_h are multiplied without transposing (h @ W_hk instead of h @ W_hk.T)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    Wx = W_x.reshape(4, H, -1)
    Wh = W_h.reshape(4, H, H)
    bb = b.reshape(4, H)
    z = [x @ Wx[k].T + h @ Wh[k] + bb[k] for k in range(4)]
    i, f, o = sigmoid(z[0]), sigmoid(z[1]), sigmoid(z[3])
    g = np.tanh(z[2])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
