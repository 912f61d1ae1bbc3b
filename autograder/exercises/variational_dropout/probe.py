"""Probes of variational_dropout: masks large enough that chance hardly plays a part.

No number of x is near zero, so that the zeros of the result are those of the mask. Every case calls
the function three times: with a generator, with the same one once more, and with a twin of the
first; and it shows the next number of NumPy's global generator, which nobody may have touched.
"""

import copy

import numpy as np

GLOBAL_SEED = 7


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    return {
        "distinct": arguments(rng, 60, 4, 80, rate=0.2),
        "square": arguments(rng, 30, 30, 30, rate=0.5),
        "single": arguments(rng, 1, 1, 200, rate=0.8),
        "nothing": arguments(rng, 3, 4, 5, rate=0.0),
        "evaluation": {**arguments(rng, 4, 3, 5, rate=0.4), "training": False},
    }


def arguments(rng, N, T, D, rate):
    """Draw one call's arguments."""
    return {
        "x": rng.uniform(0.5, 1.5, size=(N, T, D)) * rng.choice([-1.0, 1.0], size=(N, T, D)),
        "rate": rate,
        "rng": np.random.default_rng(rng.integers(2**32)),
        "training": True,
    }


def call(symbol, case):
    """Return what three calls give, and a number from the global generator."""
    x, rate, rng, training = case.values()
    fresh, twin = x.copy(), copy.deepcopy(rng)
    np.random.seed(GLOBAL_SEED)
    return {
        "first": copy.deepcopy(symbol(x, rate, rng, training)),
        "second": copy.deepcopy(symbol(fresh.copy(), rate, rng, training)),
        "again": copy.deepcopy(symbol(fresh.copy(), rate, twin, training)),
        "global": np.random.random_sample(),
    }
