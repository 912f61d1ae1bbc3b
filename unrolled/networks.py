"""The networks of the lessons in plain NumPy: RNN, LSTM and GRU, forward and backward.

Written to be read beside the derivations (lessons 02 to 06), one gate a line. Batch first: x is
(N, T, D), a state (N, H), all states of a sequence (N, T, H); weights are laid out as in PyTorch.
The dtype is that of the inputs, float32 or float64. Nothing is changed in place.

``d`` before a name is the gradient of the loss with respect to it. ``dhs`` holds what the loss
itself says about each hidden state; what arrives from later steps is added on the way back.

The same networks, three times as fast and harder to read, are in ``unrolled.fast``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + exp(-z)), written so that it never overflows."""
    return 0.5 * (1 + np.tanh(0.5 * z))


# ---------------------------------------------------------------- RNN


def rnn_forward(x: Array, h0: Array, W_x: Array, W_h: Array, b: Array) -> Array:
    """Return the hidden states hs (N, T, H) of h_t = tanh(W_x x_t + W_h h_{t-1} + b)."""
    N, T, _ = x.shape
    hs = np.zeros((N, T, h0.shape[1]), h0.dtype)
    h = h0
    for t in range(T):
        h = np.tanh(x[:, t] @ W_x.T + h @ W_h.T + b)  # (N, H)
        hs[:, t] = h
    return hs


def rnn_backward(
    dhs: Array, x: Array, h0: Array, hs: Array, W_x: Array, W_h: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """Return dx, dh0, dW_x, dW_h, db, from dhs (N, T, H)."""
    dx, dW_x, dW_h, db = (np.zeros_like(a) for a in (x, W_x, W_h, W_h[:, 0]))
    dh = np.zeros_like(h0)
    for t in reversed(range(x.shape[1])):
        before = hs[:, t - 1] if t > 0 else h0
        dz = (dhs[:, t] + dh) * (1 - hs[:, t] ** 2)  # (N, H)
        dx[:, t] = dz @ W_x
        dh = dz @ W_h
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ before
        db += dz.sum(axis=0)
    return dx, dh, dW_x, dW_h, db


# ---------------------------------------------------------------- LSTM


def lstm_gates(
    x: Array, h: Array, W_x: Array, W_h: Array, b: Array
) -> tuple[Array, Array, Array, Array]:
    """Return i, f, g, o of one step, each (N, H)."""
    z_i, z_f, z_g, z_o = np.split(x @ W_x.T + h @ W_h.T + b, 4, axis=1)
    return sigmoid(z_i), sigmoid(z_f), np.tanh(z_g), sigmoid(z_o)


def lstm_forward(
    x: Array, h0: Array, c0: Array, W_x: Array, W_h: Array, b: Array
) -> tuple[Array, Array]:
    """Return the hidden states hs and the memory cells cs, both (N, T, H)."""
    N, T, _ = x.shape
    hs = np.zeros((N, T, h0.shape[1]), h0.dtype)
    cs = np.zeros_like(hs)
    h, c = h0, c0
    for t in range(T):
        i, f, g, o = lstm_gates(x[:, t], h, W_x, W_h, b)
        c = f * c + i * g
        h = o * np.tanh(c)
        hs[:, t], cs[:, t] = h, c
    return hs, cs


def lstm_backward(
    dhs: Array,
    x: Array,
    h0: Array,
    c0: Array,
    hs: Array,
    cs: Array,
    W_x: Array,
    W_h: Array,
    b: Array,
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """Return dx, dh0, dc0, dW_x, dW_h, db, from dhs (N, T, H)."""
    dx, dW_x, dW_h, db = (np.zeros_like(a) for a in (x, W_x, W_h, b))
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(x.shape[1])):
        h, c = (hs[:, t - 1], cs[:, t - 1]) if t > 0 else (h0, c0)
        i, f, g, o = lstm_gates(x[:, t], h, W_x, W_h, b)
        tanh_c = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh
        dc = dc + dh * o * (1 - tanh_c**2)
        dz_i = dc * g * i * (1 - i)
        dz_f = dc * c * f * (1 - f)
        dz_g = dc * i * (1 - g**2)
        dz_o = dh * tanh_c * o * (1 - o)
        dz = np.concatenate([dz_i, dz_f, dz_g, dz_o], axis=1)  # (N, 4H)
        dx[:, t] = dz @ W_x
        dh = dz @ W_h
        dc = dc * f
        dW_x += dz.T @ x[:, t]
        dW_h += dz.T @ h
        db += dz.sum(axis=0)
    return dx, dh, dc, dW_x, dW_h, db


# ---------------------------------------------------------------- GRU


def gru_gates(
    x: Array, h: Array, W_x: Array, W_h: Array, b_x: Array, b_h: Array
) -> tuple[Array, Array, Array, Array]:
    """Return r, z, n of one step and what r multiplies in n, each (N, H)."""
    x_r, x_z, x_n = np.split(x @ W_x.T + b_x, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ W_h.T + b_h, 3, axis=1)
    r = sigmoid(x_r + h_r)
    z = sigmoid(x_z + h_z)
    n = np.tanh(x_n + r * h_n)
    return r, z, n, h_n


def gru_forward(x: Array, h0: Array, W_x: Array, W_h: Array, b_x: Array, b_h: Array) -> Array:
    """Return the hidden states hs (N, T, H); the reset gate acts after the product."""
    N, T, _ = x.shape
    hs = np.zeros((N, T, h0.shape[1]), h0.dtype)
    h = h0
    for t in range(T):
        _, z, n, _ = gru_gates(x[:, t], h, W_x, W_h, b_x, b_h)
        h = (1 - z) * n + z * h
        hs[:, t] = h
    return hs


def gru_backward(
    dhs: Array,
    x: Array,
    h0: Array,
    hs: Array,
    W_x: Array,
    W_h: Array,
    b_x: Array,
    b_h: Array,
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """Return dx, dh0, dW_x, dW_h, db_x, db_h, from dhs (N, T, H)."""
    dx, dW_x, dW_h, db_x, db_h = (np.zeros_like(a) for a in (x, W_x, W_h, b_x, b_h))
    dh = np.zeros_like(h0)
    for t in reversed(range(x.shape[1])):
        h = hs[:, t - 1] if t > 0 else h0
        r, z, n, h_n = gru_gates(x[:, t], h, W_x, W_h, b_x, b_h)
        dh = dhs[:, t] + dh
        dz_n = dh * (1 - z) * (1 - n**2)
        dz_z = dh * (h - n) * z * (1 - z)
        dz_r = dz_n * h_n * r * (1 - r)
        from_x = np.concatenate([dz_r, dz_z, dz_n], axis=1)  # (N, 3H)
        from_h = np.concatenate([dz_r, dz_z, dz_n * r], axis=1)  # (N, 3H)
        dx[:, t] = from_x @ W_x
        dh = dh * z + from_h @ W_h
        dW_x += from_x.T @ x[:, t]
        dW_h += from_h.T @ h
        db_x += from_x.sum(axis=0)
        db_h += from_h.sum(axis=0)
    return dx, dh, dW_x, dW_h, db_x, db_h
