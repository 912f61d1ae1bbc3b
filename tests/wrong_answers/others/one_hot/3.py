import numpy as np


def one_hot(indices, num_classes):
    indices = np.asarray(indices)
    if (indices < 0).any() or (indices >= num_classes).any():
        raise ValueError("index out of range")
    return np.eye(num_classes)[indices - 1]
