import numpy as np


def readout(hs, W_y, b_y):
    """Read an output from the hidden state of every time step: an affine map, nothing after it.

    Args:
        hs: hidden states, (N, T, H)
        W_y: weights of the output, (C, H)
        b_y: biases of the output, (C,)

    Returns:
        y, (N, T, C): C numbers for every step of every sequence
    """
    # begin solution
    N, T = hs.shape[:2]
    y = np.zeros((N, T, len(b_y)))
    for t in range(T):
        y[:, t] = hs[:, t] @ W_y.T + b_y  # (N, C)
    return y
    # end solution
