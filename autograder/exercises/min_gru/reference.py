import numpy as np


def sigmoid(z):
    """Return 1 / (1 + exp(-z)); exp only sees numbers up to 0, so it never overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def min_gru(x, h0, W_z, b_z, W_n, b_n):
    """Run a minGRU over a batch of sequences; z = 1 keeps the old state.

    Args:
        x: inputs, (N, T, D)
        h0: state before the first step, (N, H)
        W_z, b_z: weights and bias of the update gate, (H, D) and (H,)
        W_n, b_n: weights and bias of the candidate, (H, D) and (H,)

    Returns:
        hs, (N, T, H): hs[:, t] is the state after step t
    """
    # begin solution
    z = sigmoid(x @ W_z.T + b_z)  # (N, T, H): no state is needed, so all steps at once
    n = x @ W_n.T + b_n  # (N, T, H)
    hs = np.zeros_like(n)
    h = h0
    for t in range(x.shape[1]):
        h = (1 - z[:, t]) * n[:, t] + z[:, t] * h
        hs[:, t] = h
    return hs
    # end solution
