"""Probes of fix_labels: bytes, among them 0, 1 and the greatest label."""

import numpy as np


def cases(rng):
    """Return the arguments of each call, by name of the case."""
    return {
        "distinct": {"labels": drawn(rng, 9, 26)},
        "larger": {"labels": drawn(rng, 20, 200)},
        "single": {"labels": np.array([3], dtype=np.uint8)},
    }


def drawn(rng, N, C):
    """Draw N labels; the first three are 0, 1 and C."""
    return np.array([0, 1, C, *rng.integers(0, C + 1, size=N - 3)], dtype=np.uint8)
