"""Probes of perplexity.

Unequal batches with unequal losses; in "equal" all batches are of one size, which a mean that
forgets the counts gets right; in "uneven" the last batch is short and hard. The sums stay small
enough that an exponential of a sum does not overflow.
"""

import numpy as np


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {
        "distinct": [5, 3, 8, 6],
        "equal": [4, 4, 4],
        "uneven": [9, 9, 9, 2],
        "single": [7],
    }
    cases = {
        name: {"mean_losses": rng.uniform(0.5, 3.0, size=len(counts)), "counts": np.array(counts)}
        for name, counts in sizes.items()
    }
    cases["uneven"]["mean_losses"][-1] += 2
    return cases
