import numpy as np


def state_jacobian_norms(hs, W_h):
    T, H = hs.shape
    norms = np.zeros(T)
    J = np.eye(H)
    norms[T - 1] = 1.0
    for t in range(T - 1, 0, -1):
        J = J @ (np.diag(1 - hs[t] ** 2) @ W_h)
        norms[t - 1] = np.abs(np.linalg.eigvals(J)).max()
    return norms
