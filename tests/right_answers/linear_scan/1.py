import numpy as np


def linear_scan(a, b, h0):
    # Hillis-Steele: every pass doubles the reach
    A = a.copy()
    B = b.copy()
    B[:, 0] = B[:, 0] + A[:, 0] * h0
    A[:, 0] = 0
    reach = 1
    T = a.shape[1]
    while reach < T:
        newB = B.copy()
        newA = A.copy()
        newB[:, reach:] = A[:, reach:] * B[:, :-reach] + B[:, reach:]
        newA[:, reach:] = A[:, reach:] * A[:, :-reach]
        A, B = newA, newB
        reach *= 2
    return B
