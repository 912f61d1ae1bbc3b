import numpy as np


def sliding_windows(series, length, horizon):
    K = len(series) - length - horizon + 1
    if K < 1:
        raise ValueError("series too short")
    X = np.array([series[k:k + length] for k in range(K)])
    y = np.array([series[k + length:k + length + horizon] for k in range(K)])
    return X, y
