# mistake: in the cell update the input gate multiplies the old cell and the forget gate the candidate
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs, cs = np.zeros((N, T, H)), np.zeros((N, T, H))
    for n in range(N):
        h, c = h0[n], c0[n]
        for t in range(T):
            z = W_x @ x[n, t] + W_h @ h + b
            i, f, g, o = sigmoid(z[:H]), sigmoid(z[H:2*H]), np.tanh(z[2*H:3*H]), sigmoid(z[3*H:])
            c = i * c + f * g
            h = o * np.tanh(c)
            hs[n, t], cs[n, t] = h, c
    return hs, cs
