import numpy as np


def sliding_windows(series, length, horizon):
    K = len(series) - length - horizon
    if K < 1:
        raise ValueError("series too short")
    X = np.array([series[k:k + length] for k in range(K)])
    y = np.array([series[k + length:k + length + horizon] for k in range(K)])
    return X, y
