import numpy as np


def one_layer(x, h, W_x, W_h, b):
    hs = np.zeros((x.shape[0], x.shape[1], len(b)))
    for n in range(len(x)):
        s = h[n]
        for t in range(x.shape[1]):
            s = np.tanh(W_x @ x[n, t] + W_h @ s + b)
            hs[n, t] = s
    return hs


def stacked_rnn(x, h0s, params):
    if len(params) == 0:
        return x, np.zeros_like(h0s)
    hs = one_layer(x, h0s[0], *params[0])
    if len(params) == 1:
        return hs, hs[None, :, -1]
    top, rest = stacked_rnn(hs, h0s[1:], params[1:])
    return top, np.concatenate([hs[None, :, -1], rest])
