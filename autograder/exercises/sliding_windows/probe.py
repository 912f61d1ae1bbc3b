"""Probes of sliding_windows.

Series with and without a second axis; T, D, the length and the horizon differ in "distinct" and
"vectors" and are equal in "square"; "one-window" is just long enough for a single pair, "too-short"
lacks one value and "far-too-short" many.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {  # shape, length, horizon
        "distinct": ((17,), 5, 3),
        "vectors": ((16, 2), 4, 3),
        "square": ((9, 3), 3, 3),
        "next-value": ((11,), 4, 1),
        "next-vector": ((10, 3), 2, 1),
        "one-window": ((7,), 4, 3),
        "single": ((5, 2), 1, 1),
        "too-short": ((6,), 4, 3),
        "far-too-short": ((4, 2), 5, 2),
    }
    return {
        name: {"series": rng.normal(size=shape), "length": length, "horizon": horizon}
        for name, (shape, length, horizon) in sizes.items()
    }
