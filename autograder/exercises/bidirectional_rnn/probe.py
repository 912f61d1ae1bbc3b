"""Probes of bidirectional_rnn.

The two runs have weights and initial states of their own, so that an exchange shows. In "square"
N = T = D = H, so that a wrong axis fits.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {
        "distinct": (3, 5, 2, 4),
        "square": (3, 3, 3, 3),
        "single": (1, 1, 2, 3),
    }
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, T, D, H):
    """Draw one call's arguments."""

    def weights():
        return (
            0.7 * rng.normal(size=(H, D)),
            0.7 * rng.normal(size=(H, H)),
            0.7 * rng.normal(size=H),
        )

    return {
        "x": rng.normal(size=(N, T, D)),
        "h0s": rng.uniform(-0.9, 0.9, size=(2, N, H)),
        "forward": weights(),
        "backward": weights(),
    }
