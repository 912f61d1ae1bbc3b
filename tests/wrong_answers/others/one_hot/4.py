import numpy as np


def one_hot(indices, num_classes):
    flat = indices.ravel()
    vectors = np.zeros((flat.size, num_classes), dtype=np.float32)
    for row, k in enumerate(flat):
        if not 0 <= k < num_classes:
            raise ValueError(f"{k} is not a class")
        vectors[row, k] = 1
    return vectors
