import numpy as np


def orthogonal(size, rng):
    a = rng.normal(size=(size, size))
    return a / np.linalg.norm(a, axis=1, keepdims=True)
