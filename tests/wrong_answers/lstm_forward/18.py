# mistake: the state is not reset between the sequences of the batch, each sequence goes on from the last state of the one before instead of from its own h0 and c0
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h = h0[0]
    c = c0[0]
    for n in range(N):
        for t in range(T):
            z = W_x @ x[n, t] + W_h @ h + b
            i = sigmoid(z[:H])
            f = sigmoid(z[H:2*H])
            g = np.tanh(z[2*H:3*H])
            o = sigmoid(z[3*H:])
            c = f * c + i * g
            h = o * np.tanh(c)
            hs[n, t] = h
            cs[n, t] = c
    return hs, cs
