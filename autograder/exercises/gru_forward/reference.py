import numpy as np


def sigmoid(z):
    """Return 1 / (1 + exp(-z)); exp only sees numbers up to 0, so it never overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def gru_forward(x, h0, W_x, W_h, b_x, b_h):
    """Run a GRU over a whole sequence (reset after the matrix product, as in PyTorch).

    Each step is that of gru_cell; the blocks of W_x, W_h, b_x and b_h stand in the order r, z, n,
    and z = 1 keeps the old hidden state.

    Args:
        x: inputs, (N, T, D)
        h0: hidden state before the first step, (N, H)
        W_x: weights of the input, (3H, D)
        W_h: recurrent weights, (3H, H)
        b_x, b_h: biases on the side of the input and on that of the state, (3H,) each

    Returns:
        hs, (N, T, H): hs[:, t] is the hidden state after step t
    """
    # begin solution
    N, T = x.shape[:2]
    hs = np.zeros((N, T, h0.shape[1]))
    h = h0
    for t in range(T):
        x_r, x_z, x_n = np.split(x[:, t] @ W_x.T + b_x, 3, axis=1)  # (N, H) each
        h_r, h_z, h_n = np.split(h @ W_h.T + b_h, 3, axis=1)  # (N, H) each
        r = sigmoid(x_r + h_r)  # reset gate, (N, H)
        z = sigmoid(x_z + h_z)  # update gate, (N, H)
        n = np.tanh(x_n + r * h_n)  # candidate hidden state, (N, H)
        h = (1 - z) * n + z * h
        hs[:, t] = h
    return hs
    # end solution
