import numpy as np


def orthogonal(size, rng):
    return np.eye(size)
