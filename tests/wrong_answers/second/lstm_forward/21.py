# mistake: the recurrent matrix multiplies the memory cell c instead of the hidden state h
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, _ = x.shape
    H = h0.shape[1]
    Wx = dict(zip("ifgo", np.split(W_x, 4)))
    Wh = dict(zip("ifgo", np.split(W_h, 4)))
    bias = dict(zip("ifgo", np.split(b, 4)))
    act = dict(i=sigmoid, f=sigmoid, g=np.tanh, o=sigmoid)
    h, c = h0, c0
    hs, cs = np.zeros((N, T, H)), np.zeros((N, T, H))
    for t in range(T):
        G = {k: act[k](x[:, t] @ Wx[k].T + c @ Wh[k].T + bias[k]) for k in "ifgo"}
        c = G["f"] * c + G["i"] * G["g"]
        h = G["o"] * np.tanh(c)
        hs[:, t], cs[:, t] = h, c
    return hs, cs
