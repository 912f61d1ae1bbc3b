import numpy as np


def linear_scan(a, b, h0):
    def prefix(A, B):
        T = A.shape[1]
        if T == 1:
            return A, B
        half = T // 2
        even_A, odd_A = A[:, 0:2 * half:2], A[:, 1:2 * half:2]
        even_B, odd_B = B[:, 0:2 * half:2], B[:, 1:2 * half:2]
        PA, PB = prefix(odd_A * even_A, odd_A * even_B + odd_B)
        outA, outB = np.empty_like(A), np.empty_like(B)
        outA[:, 0], outB[:, 0] = A[:, 0], B[:, 0]
        outA[:, 1:2 * half:2], outB[:, 1:2 * half:2] = PA, PB
        rest_A, rest_B = A[:, 2::2], B[:, 2::2]
        m = rest_A.shape[1]
        outA[:, 2::2] = rest_A * PA[:, :m]
        outB[:, 2::2] = rest_A * PB[:, :m] + rest_B
        return outA, outB

    A, B = prefix(a, b)
    return A * h0[:, None] + B
