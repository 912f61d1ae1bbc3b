import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    """Normalize each vector on the last axis by its own mean and variance, then scale and shift.

    Args:
        x: (..., H), for example (N, T, H); every vector of H numbers is treated by itself
        gain: (H,)
        bias: (H,)
        eps: added to the variance, inside the root

    Returns:
        a new array shaped like x; the arguments are left as they were
    """
    # begin solution
    mean = x.mean(axis=-1, keepdims=True)  # (..., 1)
    centred = x - mean
    variance = (centred**2).mean(axis=-1, keepdims=True)  # (..., 1), of the population
    return gain * centred / np.sqrt(variance + eps) + bias
    # end solution
