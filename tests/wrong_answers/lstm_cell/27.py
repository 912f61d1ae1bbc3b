# mistake: the sigmoid is applied to all four blocks first, so the candidate is tanh of a sigmoid
import numpy as np

def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))

def lstm_cell(x, h, c, W_x, W_h, b):
    N, H = h.shape
    z = x @ W_x.T + h @ W_h.T + b
    A = sigmoid(z)
    i, f, o = A[:, :H], A[:, H:2*H], A[:, 3*H:]
    g = np.tanh(A[:, 2*H:3*H])
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
