import numpy as np


def orthogonal(size, rng):
    """Draw a random orthogonal matrix.

    Args:
        size: number of rows and of columns, at least 1
        rng: a np.random.Generator, the only source of chance

    Returns:
        Q, (size, size): its columns have length 1 and stand at right angles to one another
    """
    # begin solution
    A = rng.standard_normal((size, size))
    Q, R = np.linalg.qr(A)
    return Q * np.sign(np.diag(R))  # otherwise the signs of Q would depend on the library
    # end solution
