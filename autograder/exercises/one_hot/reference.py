import numpy as np


def one_hot(indices, num_classes):
    """Write every index as a vector of zeros with a single 1.

    Args:
        indices: whole numbers from 0 to num_classes - 1, of any shape (...)
        num_classes: C

    Returns:
        vectors, (..., C): vectors[..., c] is 1 where indices[...] is c, and 0 elsewhere

    Raises:
        ValueError: an index is negative, or num_classes or more
    """
    # begin solution
    if np.any(indices < 0) or np.any(indices >= num_classes):
        raise ValueError(f"indices must lie between 0 and {num_classes - 1}")
    classes = np.arange(num_classes)
    return (indices[..., None] == classes).astype(float)
    # end solution
