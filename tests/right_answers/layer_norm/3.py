import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    H = x.shape[-1]
    centered = x @ (np.eye(H) - 1 / H)
    s2 = np.einsum("...h,...h->...", centered, centered) / H
    return bias + gain * centered * (s2 + eps)[..., None] ** -0.5
