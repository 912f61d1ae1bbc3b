import numpy as np


def orthogonal(size, rng):
    a = rng.standard_normal((size, size))
    u, _, vt = np.linalg.svd(a)
    return u @ vt
