import numpy as np


def bidirectional_rnn(x, h0s, forward, backward):
    """Run one tanh RNN from the first step to the last and another from the last to the first.

    Args:
        x: inputs, (N, T, D)
        h0s: state before each run's first step: h0s[0] of the forward run, h0s[1] of the backward
            run, (2, N, H)
        forward: weights of the forward run, a triple (W_x, W_h, b) of (H, D), (H, H) and (H,)
        backward: weights of the backward run, in the same form

    Returns:
        hs, (N, T, 2H): at each step the forward state (first H) and the backward state (last H)
        of that very step, the latter having read the inputs from the last down to this one
    """
    # begin solution
    N, T, _ = x.shape
    H = h0s.shape[2]
    hs = np.zeros((N, T, 2 * H))
    W_x, W_h, b = forward
    h = h0s[0]
    for t in range(T):
        h = np.tanh(x[:, t] @ W_x.T + h @ W_h.T + b)  # has read steps 0 to t
        hs[:, t, :H] = h
    V_x, V_h, d = backward
    g = h0s[1]
    for t in reversed(range(T)):
        g = np.tanh(x[:, t] @ V_x.T + g @ V_h.T + d)  # has read steps T - 1 to t
        hs[:, t, H:] = g
    return hs
    # end solution
