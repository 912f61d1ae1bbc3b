"""Probes of last_valid.

The lengths are unsorted and all different in "distinct"; in "padded" none reaches T, so that the
padding shows behind every sequence, and an index one too large does not raise.
"""

import numpy as np


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    return {
        "distinct": arguments(rng, (5, 7, 3), np.array([4, 7, 1, 6, 3])),
        "square": arguments(rng, (4, 4, 4), np.array([3, 1, 4, 2])),
        "padded": arguments(rng, (4, 9, 2), np.array([3, 6, 2, 5])),
        "single": arguments(rng, (1, 1, 2), np.array([1])),
    }


def arguments(rng, shape, lengths):
    """Draw one call's arguments."""
    return {"hs": rng.uniform(-0.9, 0.9, size=shape), "lengths": rng.permutation(lengths)}
