import numpy as np


def state_jacobian_norms(hs, W_h):
    """Measure how strongly the last state depends on each state of one sequence.

    The network is a tanh RNN: h_t = tanh(W_x x_t + W_h h_{t-1} + b).

    Args:
        hs: hidden states h_0 ... h_{T-1} of one sequence, (T, H)
        W_h: recurrent weights, (H, H)

    Returns:
        norms, (T,): entry k is the largest singular value of the (H, H) matrix of the
        derivatives of hs[T - 1] with respect to hs[k], so that the last entry is 1
    """
    # begin solution
    T, H = hs.shape
    norms = np.ones(T)
    J = np.eye(H)  # of the last state with respect to itself
    for k in reversed(range(T - 1)):
        slope = 1 - hs[k + 1] ** 2  # tanh' in the step from k to k + 1, (H,)
        step = slope[:, None] * W_h  # its row i holds the derivatives of unit i, (H, H)
        J = J @ step
        norms[k] = np.linalg.norm(J, 2)
    return norms
    # end solution
