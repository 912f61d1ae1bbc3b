import numpy as np


def variational_dropout(x, rate, rng, training):
    if not training:
        return x
    if rate == 0:
        return x.copy()
    n, _, d = x.shape
    scaled = rng.choice([0.0, 1 / (1 - rate)], size=(n, d), p=[rate, 1 - rate])
    return np.einsum("ntd,nd->ntd", x, scaled)
