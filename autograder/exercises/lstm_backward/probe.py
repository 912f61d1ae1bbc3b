"""Probes of lstm_backward.

N, T, D, H and 4H differ in "distinct" and are equal in "square". Every step has a gradient of its
own in dhs; h0 and c0 differ and are not zero. hs and cs are those of these very arguments.
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
    c0 = 1.5 * rng.normal(size=(N, H))
    W_x = 0.7 * rng.normal(size=(4 * H, D))
    W_h = 0.7 * rng.normal(size=(4 * H, H))
    b = rng.normal(size=4 * H)
    hs, cs = forward(x, h0, c0, W_x, W_h, b)
    given = {"dhs": dhs, "x": x, "h0": h0, "c0": c0, "hs": hs, "cs": cs}
    return given | {"W_x": W_x, "W_h": W_h, "b": b}


def forward(x, h, c, W_x, W_h, b):
    """Return the states (hs, cs) of an LSTM over x, (N, T, H) each."""
    hs, cs = [], []
    for t in range(x.shape[1]):
        i, f, g, o = np.split(x[:, t] @ W_x.T + h @ W_h.T + b, 4, axis=1)
        c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        h = np.tanh(c) / (1 + np.exp(-o))
        hs.append(h)
        cs.append(c)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)
