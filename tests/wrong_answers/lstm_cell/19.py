# mistake: no bias is added to the affine map ; the new cell is squashed with the sigmoid instead of tanh in h'
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    N = x.shape[0]
    H = h.shape[1]
    h_next = np.zeros((N, H))
    c_next = np.zeros((N, H))
    for n in range(N):
        z = W_x @ x[n] + W_h @ h[n]
        i, f, g, o = z[:H], z[H:2*H], z[2*H:3*H], z[3*H:]
        c_next[n] = sigmoid(f) * c[n] + sigmoid(i) * np.tanh(g)
        h_next[n] = sigmoid(o) * sigmoid(c_next[n])
    return h_next, c_next
