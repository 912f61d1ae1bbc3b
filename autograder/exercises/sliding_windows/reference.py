import numpy as np


def sliding_windows(series, length, horizon):
    """Cut a series into pairs of what is known and what is to be forecast.

    Args:
        series: (T,) or (T, D), the past first
        length: the number of values that a forecast may look at
        horizon: the number of values to be forecast

    Returns:
        X: (K, length) or (K, length, D), with K = T - length - horizon + 1
        y: (K, horizon) or (K, horizon, D), what comes directly after each window

    Raises:
        ValueError: the series is too short for a single pair
    """
    # begin solution
    K = len(series) - length - horizon + 1
    if K < 1:
        raise ValueError(f"a series of {len(series)} is too short for {length} + {horizon}")
    X = np.array([series[k : k + length] for k in range(K)])
    y = np.array([series[k + length : k + length + horizon] for k in range(K)])
    return X, y
    # end solution
