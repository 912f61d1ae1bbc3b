# mistake: the recurrent blocks of W_h are not transposed (h @ W_hk instead of h @ W_hk.T) ; the bias is forgotten
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    Wx = W_x.reshape(4, H, D)
    Wh = W_h.reshape(4, H, H)
    h, c = h0, c0
    hs = np.zeros((N, T, H)); cs = np.zeros((N, T, H))
    for t in range(T):
        z = np.einsum('nd,khd->knh', x[:, t], Wx) + np.einsum('nj,kjh->knh', h, Wh)
        i, f, g, o = z
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
