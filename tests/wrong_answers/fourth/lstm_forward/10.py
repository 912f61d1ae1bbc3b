import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h, c = h0[0], c0[0]
    for n in range(N):
        for t in range(T):
            z = W_x @ x[n, t] + W_h @ h + b
            i, f, o = sigmoid(z[:H]), sigmoid(z[H:2*H]), sigmoid(z[3*H:])
            g = np.tanh(z[2*H:3*H])
            c = f * c + i * g
            h = o * np.tanh(c)
            hs[n, t] = h
            cs[n, t] = c
    return hs, cs
