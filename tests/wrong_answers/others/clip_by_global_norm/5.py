import numpy as np


def clip_by_global_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g ** 2) for g in grads))
    if norm > max_norm:
        return [g * (max_norm / norm) for g in grads], max_norm
    return [g.copy() for g in grads], norm
