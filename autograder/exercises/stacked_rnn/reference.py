import numpy as np


def stacked_rnn(x, h0s, params):
    """Run several tanh layers on top of one another over whole sequences.

    Args:
        x: inputs of the lowest layer, (N, T, D)
        h0s: initial hidden state of every layer, the lowest first, (L, N, H)
        params: a list of L triples (W_x, W_h, b), the lowest layer first; W_x is (H, D) in the
            lowest layer and (H, H) above it, W_h is (H, H), b is (H,)

    Returns:
        (hs, finals): the states of the top layer at every step, (N, T, H), and the state of every
        layer after the last step, (L, N, H)
    """
    # begin solution
    N, T, _ = x.shape
    inputs = x  # what the present layer reads: (N, T, D), further up (N, T, H)
    finals = []
    for h0, (W_x, W_h, b) in zip(h0s, params, strict=True):
        h = h0
        hs = np.zeros((N, T, len(b)))
        for t in range(T):
            h = np.tanh(inputs[:, t] @ W_x.T + h @ W_h.T + b)  # (N, H)
            hs[:, t] = h
        finals.append(h)
        inputs = hs
    return hs, np.stack(finals)
    # end solution
