"""Probes of one_hot.

Indices with no axis, one, two and three; the largest index is the last class in one case and is not
in another, so that C cannot be guessed from the data. In "square" a wrong axis keeps the shape. The
last three hold one index that is out of range.
"""

import numpy as np


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    row = rng.permutation(6)  # every class but the last
    table = rng.integers(0, 5, size=(3, 4))
    table[1, 2], table[0, 3] = 4, 0
    square = rng.integers(0, 4, size=(4, 4))
    square[0] = 0, 1, 1, 3
    deep = rng.integers(0, 6, size=(2, 3, 4))
    cases = {
        "row": (row, 7),
        "table": (table, 5),
        "square": (square, 4),
        "deep": (deep, 6),
        "alone": (np.array(rng.integers(1, 4)), 5),
    }
    for name, wrong in [("one-too-large", 5), ("too-large", 50), ("minus-one", -1)]:
        indices = rng.integers(0, 5, size=(3, 4))
        indices[2, 1] = wrong
        cases[name] = indices, 5
    return {name: {"indices": a, "num_classes": c} for name, (a, c) in cases.items()}
