import numpy as np


def sliding_windows(series, length, horizon):
    K = series.shape[0] - length - horizon + 1
    if K <= 0:
        raise ValueError(K)
    index = np.arange(K)[:, None] + np.arange(length + horizon)[None, :]
    both = series[index]
    return both[:, :length], both[:, length:]
