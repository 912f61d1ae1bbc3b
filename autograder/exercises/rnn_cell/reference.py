import numpy as np


def rnn_cell(x, h, W_x, W_h, b):
    """Advance a recurrent network by one time step: tanh of an affine map of input and state.

    Args:
        x: input of this step, (N, D)
        h: hidden state before this step, (N, H)
        W_x: weights of the input, (H, D)
        W_h: recurrent weights, (H, H)
        b: biases, (H,)

    Returns:
        h_next, the hidden state after this step, (N, H); the arguments are left as they were
    """
    # begin solution
    z = x @ W_x.T + h @ W_h.T + b  # (N, H)
    h_next = np.tanh(z)  # (N, H)
    return h_next
    # end solution
