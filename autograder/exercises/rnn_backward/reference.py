import numpy as np


def rnn_backward(dhs, x, h0, hs, W_x, W_h):
    """Backpropagate through time through a recurrent network.

    The biases are not needed: hs holds what the forward pass made of them.

    Args:
        dhs: gradient of the loss with respect to hs, (N, T, H); dhs[:, t] is the direct part
            only: what reaches h_t through the later steps is not in it
        x: inputs, (N, T, D)
        h0: hidden state before the first step, (N, H)
        hs: what rnn_forward returned for these arguments, (N, T, H)
        W_x, W_h: weights (H, D) and (H, H)

    Returns:
        (dx, dh0, dW_x, dW_h, db), each shaped like what it belongs to; db is (H,)
    """
    # begin solution
    T, H = hs.shape[1:]
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros(H)
    dh_later = np.zeros_like(h0)  # what the later steps send back to h_t, (N, H)
    for t in reversed(range(T)):
        h_prev = hs[:, t - 1] if t > 0 else h0
        dh = dhs[:, t] + dh_later  # (N, H)
        dz = dh * (1 - hs[:, t] ** 2)  # through tanh, (N, H)

        # through z = x @ W_x.T + h @ W_h.T + b; the weights serve every step, so they add up
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dh_later = dz @ W_h
    dh0 = dh_later
    return dx, dh0, dW_x, dW_h, db
    # end solution
