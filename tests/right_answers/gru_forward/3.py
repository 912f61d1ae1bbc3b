import numpy as np


def make_step(W_x, W_h, b_x, b_h):
    H = W_h.shape[1]

    def step(x, h):
        gates = 1 / (1 + np.exp(-(x @ W_x[:2 * H].T + h @ W_h[:2 * H].T + b_x[:2 * H] + b_h[:2 * H])))
        r, z = gates[:H], gates[H:]
        n = np.tanh(x @ W_x[2 * H:].T + b_x[2 * H:] + r * (h @ W_h[2 * H:].T + b_h[2 * H:]))
        return n * (1 - z) + h * z

    return step


def gru_forward(x, h0, W_x, W_h, b_x, b_h):
    step = make_step(W_x, W_h, b_x, b_h)
    hs = np.zeros(x.shape[:2] + h0.shape[1:])
    for k in range(len(x)):
        h = h0[k]
        for t, x_t in enumerate(x[k]):
            hs[k, t] = h = step(x_t, h)
    return hs
