import numpy as np


def state_jacobian_norms(hs, W_h):
    H = W_h.shape[0]
    result = [1.0]
    product = np.identity(H)
    for h in hs[:0:-1]:
        product = product * (1 - h**2) @ W_h
        result.append(np.linalg.svd(product, compute_uv=False).max())
    return np.array(result[::-1])
