"""Probes of clip_by_global_norm.

Norms above and below the limit and of zero. In "below" the square of the norm is above the limit,
in "together" it is below, and no array by itself is above: only all of them together are.
"""

import numpy as np


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    return {
        "distinct": {"grads": gradients(rng, 3, 5, 6.0), "max_norm": 1.5},
        "square": {"grads": gradients(rng, 3, 3, 3.0), "max_norm": 2.0},
        "below": {"grads": gradients(rng, 2, 4, 1.5), "max_norm": 2.0},
        "together": {"grads": gradients(rng, 4, 2, 0.6), "max_norm": 0.5},
        "zeros": {"grads": gradients(rng, 3, 2, 0.0), "max_norm": 1.0},
        "one-array": {"grads": [np.array([[rng.uniform(-4.0, -3.0)]])], "max_norm": 2.0},
    }


def gradients(rng, D, H, norm):
    """Draw the gradients of one layer, of this length together."""
    shares = ((H, D), 0.55), ((H, H), 0.8), ((H,), 0.24)  # their squares sum up to 1
    drawn = [(rng.normal(size=shape), share) for shape, share in shares]
    parts = [share * array / np.linalg.norm(array) for array, share in drawn]
    length = np.sqrt(sum(np.sum(part**2) for part in parts))
    return [norm / length * part for part in parts]
