"""Probes of gru_cell_reset_before.

N, D, H and 3H differ in "distinct", so that a wrong axis shows in the shape; in "square" they are
equal, so that a shape error shows in the numbers. b_x and b_h differ and are not zero: only then
does it show which of them the reset gate scales.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {"distinct": (4, 5, 2), "square": (3, 3, 3), "single": (1, 4, 2)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, D, H):
    """Draw one call's arguments."""
    return {
        "x": rng.normal(size=(N, D)),
        "h": rng.uniform(-0.9, 0.9, size=(N, H)),
        "W_x": 0.7 * rng.normal(size=(3 * H, D)),
        "W_h": rng.normal(size=(3 * H, H)),
        "b_x": rng.normal(size=3 * H),
        "b_h": rng.normal(size=3 * H),
    }
