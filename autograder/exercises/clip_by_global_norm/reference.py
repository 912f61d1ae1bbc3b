import numpy as np


def clip_by_global_norm(grads, max_norm):
    """Shrink gradients together, so that as one long vector they are no longer than max_norm.

    Args:
        grads: a list of arrays of any shapes, the gradients of all parameters
        max_norm: the greatest length allowed, a positive number

    Returns:
        (clipped, norm): a list of arrays in the same order and shapes, and the length before
        clipping; the arrays in grads are left as they were
    """
    # begin solution
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    scale = max_norm / norm if norm > max_norm else 1.0
    return [scale * g for g in grads], norm
    # end solution
