"""Probes of gru_backward.

N, T, D, H and 3H differ in "distinct" and are equal in "square". Every step has a gradient of its
own in dhs; h0 is not zero, b_x and b_h differ. hs is that of these very arguments.
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
    W_x = 0.7 * rng.normal(size=(3 * H, D))
    W_h = rng.normal(size=(3 * H, H))
    b_x, b_h = rng.normal(size=(2, 3 * H))
    hs = forward(x, h0, W_x, W_h, b_x, b_h)
    given = {"dhs": dhs, "x": x, "h0": h0, "hs": hs}
    return given | {"W_x": W_x, "W_h": W_h, "b_x": b_x, "b_h": b_h}


def forward(x, h, W_x, W_h, b_x, b_h):
    """Return the states of a GRU over x, (N, T, H)."""
    hs = []
    for t in range(x.shape[1]):
        x_r, x_z, x_n = np.split(x[:, t] @ W_x.T + b_x, 3, axis=1)
        h_r, h_z, h_n = np.split(h @ W_h.T + b_h, 3, axis=1)
        n = np.tanh(x_n + h_n / (1 + np.exp(-x_r - h_r)))
        h = n + (h - n) / (1 + np.exp(-x_z - h_z))
        hs.append(h)
    return np.stack(hs, axis=1)
