import numpy as np


def sigmoid(z):
    """Return 1 / (1 + exp(-z)); exp only sees numbers up to 0, so it never overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def lstm_forward(x, h0, c0, W_x, W_h, b):
    """Run an LSTM over a whole sequence.

    Each step is that of lstm_cell: c_t = f ⊙ c_{t-1} + i ⊙ g, h_t = o ⊙ tanh(c_t);
    the blocks of W_x, W_h and b stand in the order i, f, g, o.

    Args:
        x: inputs, (N, T, D)
        h0: hidden state before the first step, (N, H)
        c0: memory cell before the first step, (N, H)
        W_x: weights of the input, (4H, D)
        W_h: recurrent weights, (4H, H)
        b: biases, (4H,)

    Returns:
        (hs, cs), both (N, T, H): hs[:, t] and cs[:, t] are the state after step t
    """
    # begin solution
    N, T = x.shape[:2]
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h = h0
    c = c0
    for t in range(T):
        z = x[:, t] @ W_x.T + h @ W_h.T + b  # (N, 4H)
        i = sigmoid(z[:, 0 * H : 1 * H])  # input gate, (N, H)
        f = sigmoid(z[:, 1 * H : 2 * H])  # forget gate, (N, H)
        g = np.tanh(z[:, 2 * H : 3 * H])  # candidate memory cell, (N, H)
        o = sigmoid(z[:, 3 * H : 4 * H])  # output gate, (N, H)
        c = f * c + i * g  # (N, H)
        h = o * np.tanh(c)  # (N, H)
        hs[:, t] = h
        cs[:, t] = c
    return hs, cs
    # end solution
