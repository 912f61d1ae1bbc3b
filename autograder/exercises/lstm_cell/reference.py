import numpy as np


def sigmoid(z):
    """Return 1 / (1 + exp(-z)); exp only sees numbers up to 0, so it never overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def lstm_cell(x, h, c, W_x, W_h, b):
    """Advance an LSTM by one time step.

    c_next = f ⊙ c + i ⊙ g and h_next = o ⊙ tanh(c_next), so f = 1 keeps the old memory cell.
    The 4H rows of W_x, W_h and b hold four blocks of H rows, in the order i, f, g, o.

    Args:
        x: input of this step, (N, D)
        h: hidden state before this step, (N, H)
        c: memory cell before this step, (N, H)
        W_x: weights of the input, (4H, D)
        W_h: recurrent weights, (4H, H)
        b: biases, (4H,)

    Returns:
        (h_next, c_next), both (N, H); the arguments are left as they were
    """
    # begin solution
    H = h.shape[1]
    z = x @ W_x.T + h @ W_h.T + b  # (N, 4H)
    i = sigmoid(z[:, 0 * H : 1 * H])  # input gate, (N, H)
    f = sigmoid(z[:, 1 * H : 2 * H])  # forget gate, (N, H)
    g = np.tanh(z[:, 2 * H : 3 * H])  # candidate memory cell, (N, H)
    o = sigmoid(z[:, 3 * H : 4 * H])  # output gate, (N, H)
    c_next = f * c + i * g  # (N, H)
    h_next = o * np.tanh(c_next)  # (N, H)
    return h_next, c_next
    # end solution
