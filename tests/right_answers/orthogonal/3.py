import numpy as np


def orthogonal(size, rng):
    # Gram-Schmidt, twice for accuracy
    rows = []
    while len(rows) < size:
        v = rng.uniform(-1, 1, size)
        for _ in range(2):
            for r in rows:
                v = v - (v @ r) * r
        length = np.sqrt(v @ v)
        if length > 1e-3:
            rows.append(v / length)
    return np.array(rows)
