import numpy as np


def linear_scan(a, b, h0):
    """Compute h[t] = a[t] * h[t - 1] + b[t] for all t, in few steps.

    Args:
        a: factors, (N, T, H), any numbers, zeros and negative ones among them
        b: what is added, (N, T, H)
        h0: state before the first step, (N, H)

    Returns:
        hs, (N, T, H): hs[:, t] is the state after step t
    """
    # begin solution
    A, B = np.array(a), np.array(b)
    B[:, 0] += a[:, 0] * h0  # the first step is done; now all others join their past
    reach = 1  # A[:, t], B[:, t] sum up the last `reach` steps
    while reach < a.shape[1]:
        old_A, old_B = A, B.copy()
        B[:, reach:] += A[:, reach:] * old_B[:, :-reach]
        A = A.copy()
        A[:, reach:] *= old_A[:, :-reach]
        reach *= 2
    return B
    # end solution
