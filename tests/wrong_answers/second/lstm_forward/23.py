# mistake: the state is not reset between the sequences of the batch, sequence n starts from the last state of sequence n-1
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h, c = h0[0], c0[0]
    for n in range(N):
        for t in range(T):
            i, f, g, o = np.split(W_x @ x[n, t] + W_h @ h + b, 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            hs[n, t] = h
            cs[n, t] = c
    return hs, cs
