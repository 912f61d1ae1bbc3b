"""Probes of gru_forward.

N, T, D, H and 3H differ in "distinct" and are equal in "square" (where a mix-up of axes gives wrong
numbers instead of an exception). h0 is not zero, b_x and b_h differ.
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
        "W_x": 0.7 * rng.normal(size=(3 * H, D)),
        "W_h": rng.normal(size=(3 * H, H)),
        "b_x": rng.normal(size=3 * H),
        "b_h": rng.normal(size=3 * H),
    }
