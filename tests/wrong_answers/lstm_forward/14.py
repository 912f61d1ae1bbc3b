# mistake: the results are returned in the order (cs, hs) ; the bias is forgotten in the affine map
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    Wxi, Wxf, Wxg, Wxo = np.split(W_x, 4)
    Whi, Whf, Whg, Who = np.split(W_h, 4)
    bi, bf, bg, bo = np.split(b, 4)
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h, c = h0, c0
    for t in range(T):
        xt = x[:, t]
        i = sigmoid(xt @ Wxi.T + h @ Whi.T)
        f = sigmoid(xt @ Wxf.T + h @ Whf.T)
        g = np.tanh(xt @ Wxg.T + h @ Whg.T)
        o = sigmoid(xt @ Wxo.T + h @ Who.T)
        c = f * c + i * g
        h = o * np.tanh(c)
        hs[:, t] = h
        cs[:, t] = c
    return cs, hs
