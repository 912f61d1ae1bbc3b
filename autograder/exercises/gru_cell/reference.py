import numpy as np


def sigmoid(z):
    """Return 1 / (1 + exp(-z)); exp only sees numbers up to 0, so it never overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    """Advance a GRU by one time step (reset after the matrix product, as in PyTorch).

    The 3H rows of W_x, W_h, b_x and b_h hold three blocks of H rows, in the order r, z, n.
    z = 1 keeps the old hidden state.

    Args:
        x: input of this step, (N, D)
        h: hidden state before this step, (N, H)
        W_x: weights of the input, (3H, D)
        W_h: recurrent weights, (3H, H)
        b_x, b_h: biases on the side of the input and on that of the state, (3H,) each

    Returns:
        h_next, (N, H); the arguments are left as they were
    """
    # begin solution
    x_r, x_z, x_n = np.split(x @ W_x.T + b_x, 3, axis=1)  # (N, H) each
    h_r, h_z, h_n = np.split(h @ W_h.T + b_h, 3, axis=1)  # (N, H) each
    r = sigmoid(x_r + h_r)  # reset gate, (N, H)
    z = sigmoid(x_z + h_z)  # update gate, (N, H)
    n = np.tanh(x_n + r * h_n)  # candidate hidden state, (N, H)
    h_next = (1 - z) * n + z * h  # (N, H)
    return h_next
    # end solution
