import numpy as np


def rnn_backward_truncated(dhs, x, h0, hs, W_x, W_h, window):
    """Backpropagate through time within windows: no gradient crosses from one to the next.

    The windows hold `window` steps each, counted from step 0; the last one may be shorter. The
    state does cross: what stood before a window's first step counts as a constant.

    Args:
        dhs: direct gradient of the loss with respect to hs, (N, T, H)
        x: inputs, (N, T, D)
        h0: hidden state before the first step, (N, H)
        hs: what rnn_forward returned for these arguments, (N, T, H)
        W_x, W_h: weights (H, D) and (H, H)
        window: number of steps in a window, at least 1; it may exceed T

    Returns:
        (dW_x, dW_h, db), each shaped like what it belongs to; db is (H,)
    """
    # begin solution
    T, H = hs.shape[1:]
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros(H)
    for start in range(0, T, window):
        stop = min(start + window, T)
        dh_later = np.zeros_like(h0)  # nothing comes back from the next window, (N, H)
        for t in reversed(range(start, stop)):
            h_prev = hs[:, t - 1] if t > 0 else h0
            dh = dhs[:, t] + dh_later  # (N, H)
            dz = dh * (1 - hs[:, t] ** 2)  # (N, H)
            dW_x += dz.T @ x[:, t]
            dW_h += dz.T @ h_prev
            db += dz.sum(axis=0)
            dh_later = dz @ W_h
    return dW_x, dW_h, db
    # end solution
