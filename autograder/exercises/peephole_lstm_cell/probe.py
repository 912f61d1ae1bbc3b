"""Probes of peephole_lstm_cell: those of lstm_cell, with peephole weights that are not small."""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    # N != 3 in "distinct": 3 is the number of rows of p.
    sizes = {"distinct": (6, 5, 2), "square": (3, 3, 3), "single": (1, 4, 2)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, D, H):
    """Draw one call's arguments."""
    return {
        "x": rng.normal(size=(N, D)),
        "h": rng.uniform(-0.9, 0.9, size=(N, H)),
        "c": 1.5 * rng.normal(size=(N, H)),
        "W_x": 0.7 * rng.normal(size=(4 * H, D)),
        "W_h": 0.7 * rng.normal(size=(4 * H, H)),
        "b": rng.normal(size=4 * H),
        "p": rng.normal(size=(3, H)),
    }
