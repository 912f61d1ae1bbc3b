import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    work = x.astype(float).copy()
    it = np.nditer(x, flags=["multi_index"])
    out = np.empty(x.shape)
    while not it.finished:
        idx = it.multi_index
        work[idx] += eps
        f1 = float(f(work))
        work[idx] -= 2 * eps
        f2 = float(f(work))
        work[idx] = x[idx]
        out[idx] = (f1 - f2) / (2 * eps)
        it.iternext()
    return out
