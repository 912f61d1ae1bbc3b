import numpy as np


def stacked_rnn(x, h0s, params):
    state = h0s.copy()
    L, N, H = state.shape
    top = np.zeros((N, x.shape[1], H))
    for t in range(x.shape[1]):
        a = x[:, t]
        for layer in range(L):
            W_x, W_h, b = params[layer]
            state[layer] = a = np.tanh(a @ W_x.T + state[layer] @ W_h.T + b)
        top[:, t] = a
    return top, state
