import numpy as np


def variational_dropout(x, rate, rng, training):
    if training:
        keep = 1 - rate
        N, T, D = x.shape
        y = np.zeros(x.shape)
        for n in range(N):
            m = rng.binomial(1, keep, size=D)
            for t in range(T):
                y[n, t] = m * x[n, t] / keep
        return y
    return x
