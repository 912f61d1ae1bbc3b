"""Probes of rnn_forward.

N, T, D and H differ in "distinct" and are equal in "square" (where a mix-up of axes gives wrong
numbers instead of an exception). h0 is not zero, so that ignoring it shows.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {"distinct": (3, 5, 4, 2), "square": (3, 3, 3, 3), "single": (1, 1, 4, 2)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, T, D, H):
    """Draw one call's arguments."""
    return {
        "x": rng.normal(size=(N, T, D)),
        "h0": rng.uniform(-0.9, 0.9, size=(N, H)),
        "W_x": 0.5 * rng.normal(size=(H, D)),
        "W_h": 0.7 * rng.normal(size=(H, H)),
        "b": 0.5 * rng.normal(size=H),
    }
