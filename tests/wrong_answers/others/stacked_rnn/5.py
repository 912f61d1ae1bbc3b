import numpy as np


def stacked_rnn(x, h0s, params):
    state = h0s.copy()
    L, N, H = state.shape
    top = np.zeros((N, x.shape[1], H))
    for t in range(x.shape[1]):
        a = x[:, t]
        for layer in range(L):
            W_x, W_h, b = params[layer]
            new = np.tanh(a @ W_x.T + state[layer] @ W_h.T + b)
            a = state[layer].copy()
            state[layer] = new
        top[:, t] = state[-1]
    return top, state
