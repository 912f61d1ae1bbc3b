import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    """Measure the gradient of f at x by central differences, one entry of x at a time.

    Args:
        f: a function that takes an array shaped like x and returns one number
        x: the place at which the gradient is wanted, an array of any shape
        eps: how far an entry is moved to each side

    Returns:
        the gradient, shaped like x; x is left as it was
    """
    # begin solution
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = eps
        gradient[index] = (f(x + step) - f(x - step)) / (2 * eps)
    return gradient
    # end solution
