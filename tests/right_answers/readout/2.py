import numpy as np


def readout(hs, W_y, b_y):
    N, T, H = hs.shape
    y = np.empty((N, T, len(b_y)))
    for t in range(T):
        y[:, t] = np.dot(hs[:, t], W_y.T) + b_y
    return y
