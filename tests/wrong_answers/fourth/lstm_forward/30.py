import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    # unpack the gate weights
    Wxi, Wxf, Wxg, Wxo = np.split(W_x, 4)
    Whi, Whf, Whg, Who = np.split(W_h, 4)
    bi, bf, bg, bo = np.split(b, 4)
    N, T = x.shape[0], x.shape[1]
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h = h0
    c = c0
    xt = x[:, 0]
    for t in range(T):
        i = sigmoid(xt @ Wxi.T + h @ Whi.T + bi)   # input gate
        f = sigmoid(xt @ Wxf.T + h @ Whf.T + bf)   # forget gate
        g = np.tanh(xt @ Wxg.T + h @ Whg.T + bg)   # candidate
        o = sigmoid(xt @ Wxo.T + h @ Who.T + bo)   # output gate
        c = f * c + i * g
        h = o * np.tanh(c)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
