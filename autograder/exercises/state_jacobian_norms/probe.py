"""Probes of state_jacobian_norms.

Weights of about 1.2 times an orthogonal matrix's size keep the early entries as large as the late
ones, so that none hides below the tolerance; the states are far enough from zero that a missing or
misplaced slope shows.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {"distinct": (6, 3), "square": (4, 4), "single": (1, 2)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, T, H):
    """Draw one call's arguments."""
    return {
        "hs": rng.uniform(-0.9, 0.9, size=(T, H)),
        "W_h": 1.8 / H**0.5 * rng.normal(size=(H, H)),
    }
