import numpy as np


def rows_as_sequence(images):
    shape = np.shape(images)
    if len(shape) != 3:
        raise ValueError(f"three axes wanted, got {len(shape)}")
    N, T, D = shape
    x = np.zeros((N, T, D), dtype="float32")
    for n in range(N):
        for t in range(T):
            x[n, t] = images[n, :, t] / 255.0
    print("done", x.shape)
    return x
