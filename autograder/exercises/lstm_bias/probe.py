"""Probes of lstm_bias.

Values that are not 1 tell a constant from the argument; "default" leaves it out. From H = 4 on, a
block of H entries differs from every fourth entry.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    return {
        "distinct": {"hidden_size": 5, "forget_bias": rng.uniform(1.5, 3.0)},
        "square": {"hidden_size": 4, "forget_bias": rng.uniform(-3.0, -1.5)},
        "single": {"hidden_size": 1, "forget_bias": rng.uniform(0.2, 0.8)},
        "default": {"hidden_size": 3},
    }
