import numpy as np


def rows_as_sequence(images):
    return (images / 255).astype(np.float32)
