import numpy as np


def clip_by_global_norm(grads, max_norm):
    flat = np.concatenate([np.ravel(g) for g in grads])
    norm = np.linalg.norm(flat)
    factor = 1.0 if norm <= max_norm else max_norm / norm
    sizes = np.cumsum([g.size for g in grads])[:-1]
    parts = np.split(flat * factor, sizes)
    return [p.reshape(g.shape) for p, g in zip(parts, grads)], norm
