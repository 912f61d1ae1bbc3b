import numpy as np


def variational_dropout(x, rate, rng, training):
    """Set features to zero at random, the same ones at every time step of a sequence.

    Args:
        x: (N, T, D)
        rate: probability that a feature of a sequence is zero, in [0, 1)
        rng: an np.random.Generator, the only source of chance
        training: whether anything is dropped; if not, x comes back as it is

    Returns:
        (N, T, D): what stays is divided by 1 - rate, so that the expectation is x; x is left as it
        was
    """
    # begin solution
    if not training:
        return x
    N, _, D = x.shape
    mask = rng.random((N, 1, D)) >= rate  # one for all T steps
    return np.where(mask, x / (1 - rate), 0.0)
    # end solution
