# mistake: in the call of the step h and c are swapped (memory cell passed as hidden state and the other way round)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def one_step(xt, h, c, params):
    W_x, W_h, b = params
    i, f, g, o = np.split(xt @ W_x.T + h @ W_h.T + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c

def lstm_forward(x, h0, c0, W_x, W_h, b):
    h, c = h0, c0
    hs = np.zeros(x.shape[:2] + h0.shape[1:])
    cs = np.zeros_like(hs)
    for t in range(x.shape[1]):
        h, c = one_step(x[:, t], c, h, (W_x, W_h, b))
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
