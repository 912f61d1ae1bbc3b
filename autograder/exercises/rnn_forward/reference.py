import numpy as np


def rnn_forward(x, h0, W_x, W_h, b):
    """Run a recurrent network over a whole sequence: the same step, again and again.

    Args:
        x: inputs, (N, T, D)
        h0: hidden state before the first step, (N, H)
        W_x: weights of the input, (H, D)
        W_h: recurrent weights, (H, H)
        b: biases, (H,)

    Returns:
        hs, (N, T, H): hs[:, t] is the hidden state after step t
    """
    # begin solution
    N, T = x.shape[:2]
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    h = h0
    for t in range(T):
        z = x[:, t] @ W_x.T + h @ W_h.T + b  # (N, H)
        h = np.tanh(z)  # (N, H)
        hs[:, t] = h
    return hs
    # end solution
