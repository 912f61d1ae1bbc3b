"""Probes of rnn_backward_truncated.

N, T, D, H and the window all differ in "distinct", where the last window is short: 10 = 4 + 4 + 2
(counted from the end, or with borders a step off, the windows would hold other steps).
"square" has equal sizes and a window that does not divide T; then windows of a single step, and one
window that is longer than the sequence. Every step has a gradient of its own; h0 is not zero.
dhs is large, so that gradients exceed 5 for every seed: one who clips them does not pass.
"""

import numpy as np


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {
        "distinct": (2, 10, 5, 3, 4),
        "square": (3, 3, 3, 3, 2),
        "single": (1, 1, 4, 2, 1),
        "each-step": (2, 4, 3, 5, 1),
        "one-window": (2, 5, 3, 4, 7),
    }
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, T, D, H, window):
    """Draw one call's arguments."""
    dhs = 40 * rng.normal(size=(N, T, H))
    x = rng.normal(size=(N, T, D))
    h0 = rng.uniform(-0.9, 0.9, size=(N, H))
    W_x = 0.4 * rng.normal(size=(H, D))
    W_h = 0.6 * rng.normal(size=(H, H))
    b = 0.3 * rng.normal(size=H)
    hs, h = [], h0
    for t in range(T):
        h = np.tanh(x[:, t] @ W_x.T + h @ W_h.T + b)
        hs.append(h)
    hs = np.stack(hs, axis=1)
    return {"dhs": dhs, "x": x, "h0": h0, "hs": hs, "W_x": W_x, "W_h": W_h, "window": window}
