import numpy as np


def sigmoid(z):
    """Return 1 / (1 + exp(-z)); exp only sees numbers up to 0, so it never overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def gru_backward(dhs, x, h0, hs, W_x, W_h, b_x, b_h):
    """Backpropagate through time through a GRU (reset after the matrix product).

    The gates are not stored: they are computed again from x, the states and the weights.

    Args:
        dhs: gradient of the loss with respect to hs, (N, T, H); dhs[:, t] is the direct part
            only: what reaches h_t through the later steps is not in it
        x: inputs, (N, T, D)
        h0: hidden state before the first step, (N, H)
        hs: what gru_forward returned for these arguments, (N, T, H)
        W_x, W_h: weights (3H, D) and (3H, H), blocks r, z, n
        b_x, b_h: biases, (3H,) each

    Returns:
        (dx, dh0, dW_x, dW_h, db_x, db_h), each shaped like the argument it belongs to
    """
    # begin solution
    T = hs.shape[1]
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db_x = np.zeros_like(b_x)
    db_h = np.zeros_like(b_h)
    dh_later = np.zeros_like(h0)  # what the later steps send back to h_t, (N, H)
    for t in reversed(range(T)):
        h_prev = hs[:, t - 1] if t > 0 else h0

        # forward again
        x_r, x_z, x_n = np.split(x[:, t] @ W_x.T + b_x, 3, axis=1)  # (N, H) each
        h_r, h_z, h_n = np.split(h_prev @ W_h.T + b_h, 3, axis=1)  # (N, H) each
        r = sigmoid(x_r + h_r)  # (N, H)
        z = sigmoid(x_z + h_z)  # (N, H)
        n = np.tanh(x_n + r * h_n)  # (N, H)

        # through h_t = (1 - z) * n + z * h_{t-1}
        dh = dhs[:, t] + dh_later
        dz = dh * (h_prev - n)
        dn = dh * (1 - z)
        dh_kept = dh * z  # what goes back past the candidate and the gates

        # through n = tanh(x_n + r * h_n), then the gates
        da_n = dn * (1 - n**2)
        dr = da_n * h_n
        da_r = dr * r * (1 - r)
        da_z = dz * z * (1 - z)

        # the affine maps of x and of h; they differ in n, where r scales the part of h only
        da_x = np.concatenate([da_r, da_z, da_n], axis=1)  # (N, 3H)
        da_h = np.concatenate([da_r, da_z, da_n * r], axis=1)  # (N, 3H)

        # through x @ W_x.T + b_x and h @ W_h.T + b_h; the weights serve every step: they add up
        dx[:, t] = da_x @ W_x
        dW_x += da_x.T @ x[:, t]
        dW_h += da_h.T @ h_prev
        db_x += da_x.sum(axis=0)
        db_h += da_h.sum(axis=0)
        dh_later = dh_kept + da_h @ W_h
    dh0 = dh_later
    return dx, dh0, dW_x, dW_h, db_x, db_h
    # end solution
