import numpy as np


def orthogonal(size, rng):
    q, r = np.linalg.qr(rng.normal(size=(size, size)))
    return r
