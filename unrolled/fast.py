"""The networks of ``unrolled.networks`` again, as fast as NumPy can make them.

They give the same numbers and are harder to read. What is different, and why:

- **Feature-major buffers.** Inside, a batch is (features, N), so that a gate is a block of whole
  rows, contiguous in memory: no slice of columns, no copy for ``concatenate``.
- **One product a step.** The columns [h; x; 1] of a step stand below one another in one buffer, and
  W_h, W_x and b beside one another in one matrix: a single product gives all gates, biases
  included, and on the way back another one gives all gradients of the weights.
- **One tanh for all gates.** sigmoid(z) = (1 + tanh(z / 2)) / 2, and the z / 2 costs nothing: the
  rows of the sigmoid gates are halved in the matrix, once for all steps. Their gradients are halved
  at the end in turn. Backward, all gates share one factor 1 - a², a being the tanh.
- **Nothing is allocated in the loop.** Every result goes into a buffer of the object (``out=``),
  which stays for the next call of the same size; fresh memory costs as much as arithmetic here.

The price: ``backward`` belongs to the last ``forward`` of the same object, and what the two return
are views of its buffers, good until the next call: copy what is to be kept. ``dhs`` is read fastest
in the layout of ``hs``, which is what NumPy gives to whatever is computed from ``hs`` elementwise.

``benchmarks/numpy_networks.py`` compares them with PyTorch, and with their matrix products alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]

matmul = np.matmul  # called by this name, so that the benchmark can record the products


class _Buffers:
    """Arrays by name, made when they are first asked for in a size."""

    def __init__(self) -> None:
        self._arrays: dict[str, Array] = {}

    def __call__(self, name: str, shape: tuple[int, ...], dtype: Any) -> Array:
        array = self._arrays.get(name)
        if array is None or array.shape != shape or array.dtype != dtype:
            array = self._arrays[name] = np.zeros(shape, dtype)
        return array


class FastRNN:
    """h_t = tanh(W [h_{t-1}; x_t; 1]) with W = [W_h W_x b]."""

    def __init__(self) -> None:
        self._buffer = _Buffers()

    def forward(self, x: Array, h0: Array, W_x: Array, W_h: Array, b: Array) -> Array:
        """Return hs (N, T, H)."""
        T, H = x.shape[1], h0.shape[1]
        self.W = _side_by_side(self._buffer, W_h, W_x, b)
        self.s = _columns(self._buffer, x, h0)  # s[t] = [h_{t-1}; x_t; 1]
        for t in range(T):
            h = self.s[t + 1, :H]
            matmul(self.W, self.s[t], out=h)
            np.tanh(h, out=h)
        return self.s[1:, :H].transpose(2, 0, 1)

    def backward(self, dhs: Array) -> tuple[Array, Array, Array, Array, Array]:
        """Return dx, dh0, dW_x, dW_h, db, from dhs (N, T, H)."""
        N, T, H = dhs.shape
        W, s, dtype = self.W, self.s, self.s.dtype
        F = W.shape[1] - 1  # H + D
        ds = self._buffer("ds", (T + 1, F, N), dtype)  # ds[t] = [dh_{t-1}; dx_t]
        dz, slope = (self._buffer(name, (H, N), dtype) for name in ("dz", "slope"))
        dW, more = (self._buffer(name, W.shape, dtype) for name in ("dW", "more"))
        ds[T, :H], dW[:] = 0, 0
        for t in reversed(range(T)):
            h = s[t + 1, :H]
            np.add(dhs[:, t].T, ds[t + 1, :H], out=dz)
            np.multiply(h, h, out=slope)
            np.subtract(1, slope, out=slope)
            dz *= slope
            matmul(W[:, :F].T, dz, out=ds[t])
            dW += matmul(dz, s[t].T, out=more)
        return ds[:T, H:].transpose(2, 0, 1), ds[0, :H].T, dW[:, H:-1], dW[:, :H], dW[:, -1]


class FastLSTM:
    """[i'; f'; g; o'] = tanh(W [h_{t-1}; x_t; 1]), with i = (1 + i') / 2 and so on."""

    def __init__(self) -> None:
        self._buffer = _Buffers()

    def forward(
        self, x: Array, h0: Array, c0: Array, W_x: Array, W_h: Array, b: Array
    ) -> tuple[Array, Array]:
        """Return hs and cs, both (N, T, H)."""
        (N, T, _), H, dtype = x.shape, h0.shape[1], h0.dtype
        self.W = _side_by_side(self._buffer, W_h, W_x, b)
        self.W[: 2 * H] *= 0.5
        self.W[3 * H :] *= 0.5
        self.s = _columns(self._buffer, x, h0)  # s[t] = [h_{t-1}; x_t; 1]
        self.a = self._buffer("a", (T, 4 * H, N), dtype)
        self.c = self._buffer("c", (T + 1, H, N), dtype)
        self.tanh_c = self._buffer("tanh_c", (T, H, N), dtype)
        self.c[0] = c0.T
        work = self._buffer("work", (H, N), dtype)
        for t in range(T):
            a, tanh_c, h = self.a[t], self.tanh_c[t], self.s[t + 1, :H]
            old, c = self.c[t], self.c[t + 1]
            matmul(self.W, self.s[t], out=a)
            np.tanh(a, out=a)
            i, f, g, o = a[:H], a[H : 2 * H], a[2 * H : 3 * H], a[3 * H :]
            np.multiply(f, old, out=c)  # c = ((1 + f') old + (1 + i') g) / 2
            c += old
            np.multiply(i, g, out=work)
            work += g
            c += work
            c *= 0.5
            np.tanh(c, out=tanh_c)
            np.multiply(o, tanh_c, out=h)  # h = (1 + o') tanh(c) / 2
            h += tanh_c
            h *= 0.5
        return self.s[1:, :H].transpose(2, 0, 1), self.c[1:].transpose(2, 0, 1)

    def backward(self, dhs: Array) -> tuple[Array, Array, Array, Array, Array, Array]:
        """Return dx, dh0, dc0, dW_x, dW_h, db, from dhs (N, T, H)."""
        N, T, H = dhs.shape
        W, s, dtype = self.W, self.s, self.s.dtype
        F = W.shape[1] - 1  # H + D
        ds = self._buffer("ds", (T + 1, F, N), dtype)  # ds[t] = [dh_{t-1}; dx_t]
        half_dh, half_dc, work = (
            self._buffer(name, (H, N), dtype) for name in ("half_dh", "half_dc", "work")
        )
        d, slope = (self._buffer(name, (4 * H, N), dtype) for name in ("d", "slope"))
        dW, more = (self._buffer(name, W.shape, dtype) for name in ("dW", "more"))
        ds[T, :H], half_dc[:], dW[:] = 0, 0, 0
        dc = half_dc  # what has arrived from later steps
        di, df, dg, do = d[:H], d[H : 2 * H], d[2 * H : 3 * H], d[3 * H :]
        for t in reversed(range(T)):
            a = self.a[t]
            i, f, g, o = a[:H], a[H : 2 * H], a[2 * H : 3 * H], a[3 * H :]
            np.add(dhs[:, t].T, ds[t + 1, :H], out=half_dh)
            half_dh *= 0.5
            np.multiply(half_dh, self.tanh_c[t], out=do)
            # dh o (1 - tanh²(c)) is dh o - 2 h do', since h = o tanh(c) and do' = dh tanh(c) / 2.
            np.multiply(half_dh, o, out=work)
            work += half_dh
            dc += work
            dc *= 0.5
            np.multiply(s[t + 1, :H], do, out=work)
            dc -= work  # from here on half of it
            np.multiply(half_dc, g, out=di)
            np.multiply(half_dc, self.c[t], out=df)
            np.multiply(half_dc, i, out=dg)
            dg += half_dc
            np.multiply(half_dc, f, out=work)
            dc += work  # half_dc (1 + f'): whole again, for the step before
            np.multiply(a, a, out=slope)  # through the tanh of all gates at once
            np.subtract(1, slope, out=slope)
            d *= slope
            matmul(W[:, :F].T, d, out=ds[t])
            dW += matmul(d, s[t].T, out=more)
        dW[: 2 * H] *= 0.5
        dW[3 * H :] *= 0.5
        return (
            ds[:T, H:].transpose(2, 0, 1),
            ds[0, :H].T,
            dc.T,
            dW[:, H:-1],
            dW[:, :H],
            dW[:, -1],
        )


class FastGRU:
    """r', z', n as in FastLSTM. What n takes from x is one product for all steps."""

    def __init__(self) -> None:
        self._buffer = _Buffers()

    def forward(self, x: Array, h0: Array, W_x: Array, W_h: Array, b_x: Array, b_h: Array) -> Array:
        """Return hs (N, T, H); the reset gate acts after the product."""
        (N, T, D), H, dtype = x.shape, h0.shape[1], h0.dtype
        self.W_x = self._buffer("W_x", (3 * H, D + 1), dtype)  # [W_x b_x], rows n, r, z
        self.W_h = self._buffer("W_h", (3 * H, 1 + H), dtype)  # [b_h W_h], rows r, z, n
        for to, rows in ((slice(H), slice(2 * H, None)), (slice(H, None), slice(2 * H))):
            self.W_x[to, :D], self.W_x[to, D] = W_x[rows], b_x[rows]
        self.W_h[:, 0], self.W_h[:, 1:] = b_h, W_h
        self.W_x[H:] *= 0.5
        self.W_h *= 0.5  # n's rows too: n = tanh(... + (1 + r') half_n)
        W = self._buffer("W", (2 * H, D + 1 + H), dtype)  # of r, z: [W_x b W_h], b of both
        W[:, :D], W[:, D + 1 :] = self.W_x[H:, :D], self.W_h[: 2 * H, 1:]
        np.add(self.W_x[H:, D], self.W_h[: 2 * H, 0], out=W[:, D])
        self.s = self._buffer("s", (T + 1, D + 1 + H, N), dtype)  # s[t] = [x_t; 1; h_{t-1}]
        self.s[:T, :D], self.s[:, D], self.s[0, D + 1 :] = x.transpose(1, 2, 0), 1, h0.T
        self.a = self._buffer("a", (T, 3 * H, N), dtype)  # n, r', z'
        self.half_n = self._buffer("half_n", (T, H, N), dtype)
        work = self._buffer("work", (H, N), dtype)
        matmul(self.W_x[:H], self.s[:T, : D + 1], out=self.a[:, :H])
        for t in range(T):
            a, s, half_n = self.a[t], self.s[t], self.half_n[t]
            n, r, z, old, h = a[:H], a[H : 2 * H], a[2 * H :], s[D + 1 :], self.s[t + 1, D + 1 :]
            matmul(W, s, out=a[H:])
            np.tanh(a[H:], out=a[H:])
            matmul(self.W_h[2 * H :], s[D:], out=half_n)
            np.multiply(r, half_n, out=work)
            work += half_n
            n += work
            np.tanh(n, out=n)
            np.subtract(old, n, out=work)  # h = n + (1 + z') (old - n) / 2
            work *= 0.5
            np.multiply(z, work, out=h)
            h += work
            h += n
        return self.s[1:, D + 1 :].transpose(2, 0, 1)

    def backward(self, dhs: Array) -> tuple[Array, Array, Array, Array, Array, Array]:
        """Return dx, dh0, dW_x, dW_h, db_x, db_h, from dhs (N, T, H)."""
        N, T, H = dhs.shape
        W_x, W_h, s, dtype = self.W_x, self.W_h, self.s, self.s.dtype
        D = W_x.shape[1] - 1
        dx = self._buffer("dx", (T, D, N), dtype)
        dh, half_dh, e, work = (
            self._buffer(name, (H, N), dtype) for name in ("dh", "half_dh", "e", "work")
        )
        # Rows n, r, z, n again: the first three are what x sees, the last three what h sees.
        d, slope = (self._buffer(name, (4 * H, N), dtype) for name in ("d", "slope"))
        dW_x, more_x = (self._buffer(name, W_x.shape, dtype) for name in ("dW_x", "more_x"))
        dW_h, more_h = (self._buffer(name, W_h.shape, dtype) for name in ("dW_h", "more_h"))
        dh[:], dW_x[:], dW_h[:] = 0, 0, 0
        dn, dr, dz, dn_h = d[:H], d[H : 2 * H], d[2 * H : 3 * H], d[3 * H :]
        for t in reversed(range(T)):
            a = self.a[t]
            n, r, z = a[:H], a[H : 2 * H], a[2 * H :]
            np.add(dhs[:, t].T, dh, out=half_dh)
            half_dh *= 0.5
            np.subtract(s[t, D + 1 :], n, out=work)
            np.multiply(half_dh, work, out=dz)
            np.multiply(half_dh, z, out=e)  # dh (1 - z) = half_dh - e, and dh z = half_dh + e
            np.subtract(half_dh, e, out=dn)
            half_dh += e
            np.multiply(a, a, out=slope[: 3 * H])
            np.subtract(1, slope[: 3 * H], out=slope[: 3 * H])
            dn *= slope[:H]
            np.multiply(dn, self.half_n[t], out=dr)
            np.multiply(dn, r, out=dn_h)
            dn_h += dn
            d[H : 3 * H] *= slope[H : 3 * H]
            matmul(W_h[:, 1:].T, d[H:], out=dh)
            dh += half_dh
            matmul(W_x[:, :D].T, d[: 3 * H], out=dx[t])
            dW_h += matmul(d[H:], s[t, D:].T, out=more_h)
            dW_x += matmul(d[: 3 * H], s[t, : D + 1].T, out=more_x)
        dW_x[H:] *= 0.5
        dW_h *= 0.5
        dW_x = np.concatenate([dW_x[H:], dW_x[:H]])  # from n, r, z to r, z, n
        return (
            dx.transpose(2, 0, 1),
            dh.T,
            dW_x[:, :D],
            dW_h[:, 1:],
            dW_x[:, D],
            dW_h[:, 0],
        )


def _side_by_side(buffer: _Buffers, W_h: Array, W_x: Array, b: Array) -> Array:
    """Return [W_h W_x b] in one matrix."""
    rows, H, D = len(b), W_h.shape[1], W_x.shape[1]
    W = buffer("W", (rows, H + D + 1), W_h.dtype)
    W[:, :H], W[:, H:-1], W[:, -1] = W_h, W_x, b
    return W


def _columns(buffer: _Buffers, x: Array, h0: Array) -> Array:
    """Return (T + 1, H + D + 1, N): x, ones, h0 in the first step, room for the rest."""
    (N, T, D), H = x.shape, h0.shape[1]
    s = buffer("s", (T + 1, H + D + 1, N), h0.dtype)
    s[0, :H] = h0.T
    s[:T, H:-1] = x.transpose(1, 2, 0)
    s[:, -1] = 1
    return s
