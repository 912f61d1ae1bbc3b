"""Probes of readout: N, T, H and C differ in "distinct" and are equal in "square"."""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {"distinct": (3, 5, 2, 4), "square": (3, 3, 3, 3), "single": (1, 1, 2, 4)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, T, H, C):
    """Draw one call's arguments; hs lies where a tanh gets."""
    return {
        "hs": rng.uniform(-0.9, 0.9, size=(N, T, H)),
        "W_y": rng.normal(size=(C, H)),
        "b_y": rng.normal(size=C),
    }
