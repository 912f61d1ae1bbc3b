"""Probes of orthogonal: many draws, for one alone does not tell chance from a constant.

What comes back is raw: the matrices, and NumPy's global generator before and after.
"""

import numpy as np

DRAWS = 24


def cases(rng):
    """Return what each call starts from, by name of the case."""
    return {f"size-{size}": {"size": size, "seed": int(rng.integers(2**31))} for size in (6, 2, 1)}


def call(symbol, case):
    """Draw from many seeds, from one seed again, and twice from one generator."""
    size, seed = case["size"], case["seed"]

    def fresh(k=0):
        return np.random.default_rng(seed + k)

    before = np.random.get_state()
    matrices = [symbol(size, fresh(k)) for k in range(DRAWS)]
    after = np.random.get_state()
    rng = fresh()
    return {
        "matrices": matrices,
        "again": symbol(size, fresh()),
        "twice": [symbol(size, rng), symbol(size, rng)],
        "keys": [before[1], after[1]],
        "positions": [before[2], after[2]],
    }
