import numpy as np


def last_valid(hs, lengths):
    """Take the state after the last step that belongs to each sequence, not to its padding.

    Args:
        hs: states after every step of a padded batch, (N, T, H)
        lengths: number of valid steps of each sequence, (N,), integers from 1 to T

    Returns:
        h, (N, H): for each sequence the state after its last valid step
    """
    # begin solution
    N = hs.shape[0]
    return hs[np.arange(N), lengths - 1]
    # end solution
