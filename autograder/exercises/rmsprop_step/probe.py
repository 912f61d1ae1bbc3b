"""Probes of rmsprop_step.

eps is large in "distinct" and "square", and gradients are tiny in "default", so that it shows where
eps stands; decay is not 0.9 where it is given. "first" is the first update, with v = 0. No
average can become negative, even of gradients that are not squared.
"""

import numpy as np


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    default = arguments(rng, 2, 3)
    default["g"][0] = rng.uniform(0.5e-8, 2e-8, size=3)
    default["v"][0] = rng.uniform(0.5e-16, 2e-16, size=3)
    first = arguments(rng, 3, 2)
    first |= {"v": np.zeros((3, 2)), "g": np.abs(first["g"])}
    return {
        "distinct": {**arguments(rng, 3, 5), "decay": rng.uniform(0.7, 0.8), "eps": 0.3},
        "square": {**arguments(rng, 4, 4), "decay": rng.uniform(0.6, 0.7), "eps": 0.05},
        "single": {**arguments(rng, 1, 1), "decay": rng.uniform(0.6, 0.7), "eps": 0.1},
        "default": default,
        "first": {**first, "decay": 0.8, "eps": 0.01},
    }


def arguments(rng, M, K):
    """Draw w, g, v and lr of one call."""
    return {
        "w": rng.normal(size=(M, K)),
        "g": rng.uniform(0.2, 1.0, size=(M, K)) * rng.choice([-1.0, 1.0], size=(M, K)),
        "v": rng.uniform(1.0, 2.0, size=(M, K)),
        "lr": rng.uniform(0.1, 0.5),
    }
