"""Probes of numerical_gradient.

f is nowhere a polynomial of low degree and couples all entries. At eps = 0.1 central differences
are visibly off the true gradient, by an amount of their own: a one-sided difference, another step
or a higher order shows there, and so does an entry that is not put back.
"""

import numpy as np


def cases(rng):
    """Return each call's place x and step eps, and the coefficients of its f."""
    return {
        "distinct": arguments(rng, (3, 5), 1e-4),
        "square": arguments(rng, (3, 3), 0.1),
        "lone": arguments(rng, (1,), 0.1),
        "vector": arguments(rng, (4,), 0.1),
        "box": arguments(rng, (2, 2, 2), 0.05),
        "default": arguments(rng, (2, 4), None),
    }


def arguments(rng, shape, eps):
    """Draw one call's arguments; without eps the default is used."""
    x = rng.normal(size=shape)
    a = rng.uniform(0.5, 1.5, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    return {"x": x, "a": a} if eps is None else {"x": x, "eps": eps, "a": a}


def call(symbol, case):
    """Call the learner's function with an f made from the case's coefficients."""
    a = case["a"]

    def f(z):
        return float(np.sum(a * np.sin(3 * z)) + np.sum(np.exp(z / 2)) * np.sum(z) / 4)

    given = [case["eps"]] if "eps" in case else []
    return symbol(f, case["x"], *given)
