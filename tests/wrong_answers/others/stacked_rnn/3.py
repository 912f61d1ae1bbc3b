import numpy as np


def stacked_rnn(x, h0s, params):
    N, T, _ = x.shape
    layer_input = x
    finals = []
    h = h0s[0]
    for W_x, W_h, b in params:
        hs = []
        for t in range(T):
            h = np.tanh(layer_input[:, t] @ W_x.T + h @ W_h.T + b)
            hs.append(h)
        layer_input = np.stack(hs, axis=1)
        finals.append(h)
    return layer_input, np.stack(finals)
