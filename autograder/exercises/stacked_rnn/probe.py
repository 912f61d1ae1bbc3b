"""Probes of stacked_rnn.

All sizes differ in "distinct", the number of layers too; in "square" all are equal, so that a wrong
layer's input or weights fit. Every layer starts from a state of its own.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {
        "distinct": (4, 5, 2, 6, 3),
        "square": (3, 3, 3, 3, 3),
        "single": (1, 1, 3, 2, 2),
        "one-layer": (2, 4, 3, 5, 1),
    }
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, T, D, H, L):
    """Draw one call's arguments."""
    return {
        "x": rng.normal(size=(N, T, D)),
        "h0s": rng.uniform(-0.9, 0.9, size=(L, N, H)),
        "params": [
            (
                0.7 * rng.normal(size=(H, D if layer == 0 else H)),
                0.7 * rng.normal(size=(H, H)),
                0.7 * rng.normal(size=H),
            )
            for layer in range(L)
        ],
    }
