"""Probes of min_gru.

N, T, D and H differ in "distinct" and are equal in "square" (where a mix-up of axes gives wrong
numbers instead of an exception). h0 is not zero, the two biases differ; candidates exceed 1.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {"distinct": (3, 5, 4, 2), "square": (3, 3, 3, 3), "single": (1, 1, 4, 2)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, T, D, H):
    """Draw one call's arguments."""
    return {
        "x": rng.normal(size=(N, T, D)),
        "h0": rng.uniform(1, 2, size=(N, H)),
        "W_z": rng.normal(size=(H, D)),
        "b_z": rng.normal(size=H),
        "W_n": rng.normal(size=(H, D)),
        "b_n": rng.normal(size=H),
    }
