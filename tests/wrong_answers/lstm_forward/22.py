# mistake: the units are computed one after the other and each writes its new value into h at once, so later units of the same step already see new hidden values of the earlier units
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    for n in range(N):
        h = h0[n].copy()
        c = c0[n].copy()
        for t in range(T):
            for j in range(H):
                z = [W_x[k*H + j] @ x[n, t] + W_h[k*H + j] @ h + b[k*H + j] for k in range(4)]
                i, f, g, o = sigmoid(z[0]), sigmoid(z[1]), np.tanh(z[2]), sigmoid(z[3])
                c[j] = f * c[j] + i * g
                h[j] = o * np.tanh(c[j])
            hs[n, t] = h
            cs[n, t] = c
    return hs, cs
