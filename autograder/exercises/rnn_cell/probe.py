"""Probes of rnn_cell.

N, D and H differ in "distinct", so that a wrong axis shows in the shape; in "square" they are
equal, so that a shape error shows in the numbers. Neither h nor b is zero.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {"distinct": (3, 5, 2), "square": (3, 3, 3), "single": (1, 4, 2)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, D, H):
    """Draw one call's arguments."""
    return {
        "x": rng.normal(size=(N, D)),
        "h": rng.uniform(-0.9, 0.9, size=(N, H)),
        "W_x": 0.5 * rng.normal(size=(H, D)),
        "W_h": 0.7 * rng.normal(size=(H, H)),
        "b": 0.5 * rng.normal(size=H),
    }
