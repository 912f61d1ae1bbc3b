# mistake: the time-first stack (T, N, H) is brought to (N, T, H) by reshape instead of transpose, which scrambles sequences and steps
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs, cs = np.zeros((T, N, H)), np.zeros((T, N, H))
    h, c = h0, c0
    for t in range(T):
        z = np.einsum('nd,kd->nk', x[:, t, :], W_x) + np.einsum('nh,kh->nk', h, W_h) + b
        i, f, g, o = np.split(z, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        hs[t], cs[t] = h, c
    return hs.reshape(N, T, H), cs.reshape(N, T, H)
