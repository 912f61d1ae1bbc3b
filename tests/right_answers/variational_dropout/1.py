import numpy as np


def variational_dropout(x, rate, rng, training):
    if not training:
        return x
    N, T, D = x.shape
    mask = rng.random((N, 1, D)) >= rate
    return x * mask / (1 - rate)
