import numpy as np


def lstm_bias(hidden_size, forget_bias=1.0):
    """Return the initial biases of an LSTM, with the forget gates' own value.

    Args:
        hidden_size: H, at least 1
        forget_bias: initial bias of every forget gate

    Returns:
        b, (4H,), blocks i, f, g, o: zero everywhere but in the forget gates' block
    """
    # begin solution
    H = hidden_size
    b = np.zeros(4 * H)
    b[1 * H : 2 * H] = forget_bias
    return b
    # end solution
