from functools import reduce

import numpy as np


def state_jacobian_norms(hs, W_h):
    T, H = hs.shape
    steps = [(1 - hs[t] ** 2)[:, None] * W_h for t in range(T)]

    def norm(k):
        m = reduce(lambda a, s: s @ a, steps[k + 1:], np.eye(H))
        return np.sqrt(np.linalg.eigvalsh(m @ m.T)[-1])

    return np.array([norm(k) for k in range(T)])
