import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    slopes = []
    for e in np.eye(x.size):
        step = eps * e.reshape(x.shape)
        slopes.append((f(x + step) - f(x)) / eps)
    return np.array(slopes).reshape(x.shape)
