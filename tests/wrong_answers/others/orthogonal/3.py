import numpy as np


def orthogonal(size, rng):
    rng = np.random.default_rng(0)
    q, r = np.linalg.qr(rng.normal(size=(size, size)))
    return q * np.sign(np.diag(r))
