"""Probes of rnn_backward.

N, T, D and H differ in "distinct" and are equal in "square". Every step has a gradient of its own
in dhs; h0 is not zero. hs is that of these very arguments, with biases that are not zero.
dhs is large, so that gradients exceed 5 for every seed: one who clips them does not pass.
"""

import numpy as np


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {"distinct": (3, 5, 4, 2), "square": (3, 3, 3, 3), "single": (1, 1, 4, 2)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, T, D, H):
    """Draw one call's arguments."""
    dhs = 40 * rng.normal(size=(N, T, H))
    x = rng.normal(size=(N, T, D))
    h0 = rng.uniform(-0.9, 0.9, size=(N, H))
    W_x = 0.4 * rng.normal(size=(H, D))
    W_h = 0.7 * rng.normal(size=(H, H))
    b = 0.3 * rng.normal(size=H)
    hs, h = [], h0
    for t in range(T):
        h = np.tanh(x[:, t] @ W_x.T + h @ W_h.T + b)
        hs.append(h)
    hs = np.stack(hs, axis=1)
    return {"dhs": dhs, "x": x, "h0": h0, "hs": hs, "W_x": W_x, "W_h": W_h}
