import numpy as np


def sigmoid(z):
    """Return 1 / (1 + exp(-z)); exp only sees numbers up to 0, so it never overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    """Backpropagate through time through an LSTM.

    The gates are not stored: they are computed again from x, the states and the weights.

    Args:
        dhs: gradient of the loss with respect to hs, (N, T, H); dhs[:, t] is the direct part
            only: what reaches h_t through the later steps is not in it
        x: inputs, (N, T, D)
        h0, c0: state before the first step, (N, H) each
        hs, cs: what lstm_forward returned for these arguments, (N, T, H) each
        W_x, W_h, b: weights (4H, D), (4H, H) and biases (4H,), blocks i, f, g, o

    Returns:
        (dx, dh0, dc0, dW_x, dW_h, db), each shaped like the argument it belongs to
    """
    # begin solution
    T, H = hs.shape[1:]
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros_like(b)
    dh_later = np.zeros_like(h0)  # what the later steps send back to h_t, (N, H)
    dc_later = np.zeros_like(c0)  # what they send back to c_t, (N, H)
    for t in reversed(range(T)):
        h_prev = hs[:, t - 1] if t > 0 else h0
        c_prev = cs[:, t - 1] if t > 0 else c0

        # forward again
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b  # (N, 4H)
        i = sigmoid(z[:, 0 * H : 1 * H])  # (N, H)
        f = sigmoid(z[:, 1 * H : 2 * H])  # (N, H)
        g = np.tanh(z[:, 2 * H : 3 * H])  # (N, H)
        o = sigmoid(z[:, 3 * H : 4 * H])  # (N, H)
        tanh_c = np.tanh(cs[:, t])  # (N, H)

        # through h_t = o * tanh(c_t)
        dh = dhs[:, t] + dh_later
        do = dh * tanh_c
        dc = dc_later + dh * o * (1 - tanh_c**2)

        # through c_t = f * c_{t-1} + i * g
        di = dc * g
        df = dc * c_prev
        dg = dc * i
        dc_later = dc * f

        # through the activation functions
        dz_i = di * i * (1 - i)
        dz_f = df * f * (1 - f)
        dz_g = dg * (1 - g**2)
        dz_o = do * o * (1 - o)
        dz = np.concatenate([dz_i, dz_f, dz_g, dz_o], axis=1)  # (N, 4H)

        # through z = x @ W_x.T + h @ W_h.T + b; the weights serve every step, so they add up
        dx[:, t] = dz @ W_x
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h_prev
        db += dz.sum(axis=0)
        dh_later = dz @ W_h
    dh0 = dh_later
    dc0 = dc_later
    return dx, dh0, dc0, dW_x, dW_h, db
    # end solution
