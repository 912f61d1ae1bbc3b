"""Linear recurrences in PyTorch, as lessons 13 and 15 and their benchmarks use them.

``scan`` computes h[t] = a[t] * h[t - 1] + b[t]. Its gradient is a scan as well, from the last step
to the first, so that whatever makes the one fast makes the other fast. Three ways to do it, which
differ in time only: "loop" (T steps), "doubling" (log2 T passes over all), "chunks" (about twice
the square root of T steps, each over many places at once).
"""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

METHODS = ("loop", "doubling", "chunks")


def scan(a: Tensor, b: Tensor, h0: Tensor, method: str = "chunks") -> Tensor:
    """Return all states (N, T, H) of h[t] = a[t] * h[t - 1] + b[t], from h0 (N, H)."""
    states: Tensor = _Scan.apply(a, b, h0, method)
    return states


class _Scan(torch.autograd.Function):
    """The recurrence with its own backward pass: a step back is the same recurrence."""

    @staticmethod
    def forward(ctx: Any, a: Tensor, b: Tensor, h0: Tensor, method: str) -> Tensor:
        """Go through time; b's first step takes h0 in, after that there is none."""
        a_t, b_t = a.transpose(0, 1), b.transpose(0, 1).clone(memory_format=torch.contiguous_format)
        b_t[0].addcmul_(a_t[0], h0)
        hs = _STATES[method](a_t.contiguous(), b_t).transpose(0, 1)
        ctx.save_for_backward(a, hs, h0)
        ctx.method = method
        return hs

    @staticmethod
    def backward(ctx: Any, *dhs: Tensor) -> tuple[Tensor | None, ...]:
        """g[t] = dh[t] + a[t + 1] * g[t + 1]: db is g, da is g times the state before."""
        a, hs, h0 = ctx.saved_tensors
        later = torch.cat([a[:, 1:], torch.zeros_like(a[:, :1])], dim=1)
        back = [v.transpose(0, 1).flip(0).contiguous() for v in (later, dhs[0])]
        g = _STATES[ctx.method](*back).flip(0).transpose(0, 1)
        before = torch.cat([h0[:, None], hs[:, :-1]], dim=1)
        return g * before, g, g[:, 0] * a[:, 0], None


def _loop(a: Tensor, b: Tensor) -> Tensor:
    """One step after the other; a, b and the result are (T, N, H), from a state of zero."""
    hs = torch.empty_like(b)
    hs[0] = b[0]
    for t in range(1, len(a)):
        torch.addcmul(b[t], a[t], hs[t - 1], out=hs[t])
    return hs


def _doubling(a: Tensor, b: Tensor) -> Tensor:
    """After each pass every place sums up twice as many steps as before."""
    reach = 1
    while reach < len(a):
        b = torch.cat([b[:reach], torch.addcmul(b[reach:], a[reach:], b[:-reach])])
        a = torch.cat([a[:reach], a[reach:] * a[:-reach]])
        reach *= 2
    return b


def _chunks(a: Tensor, b: Tensor) -> Tensor:
    """Go through all chunks side by side, then hand the state from chunk to chunk."""
    T = len(a)
    size = max(1, math.isqrt(T))
    count = -(-T // size)
    pad = (0, 0, 0, 0, 0, count * size - T)
    A, B = (F.pad(v, pad).unflatten(0, (count, size)).transpose(0, 1).clone() for v in (a, b))
    for t in range(1, size):  # A, B: (size, count, N, H)
        B[t].addcmul_(A[t], B[t - 1])
        A[t].mul_(A[t - 1])
    for k in range(1, count):
        B[:, k].addcmul_(A[:, k], B[-1, k - 1])
    return B.transpose(0, 1).flatten(0, 1)[:T]


_STATES = {"loop": _loop, "doubling": _doubling, "chunks": _chunks}


class MinGRU(nn.Module):
    """A GRU whose gate and candidate see the input alone; z = 1 keeps the old state."""

    def __init__(self, input_size: int, hidden_size: int, method: str = "chunks") -> None:
        super().__init__()
        self.affine = nn.Linear(input_size, 2 * hidden_size)  # blocks z, n
        self.method = method

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return all states (N, T, H) and the last one."""
        z, n = self.affine(x).chunk(2, dim=-1)
        z = torch.sigmoid(z)
        hs = scan(z, (1 - z) * n, n.new_zeros(n[:, 0].shape), self.method)
        return hs, hs[:, -1]


class MinLSTM(nn.Module):
    """An LSTM whose gates see the input alone; f and i are scaled so that they add up to 1."""

    def __init__(self, input_size: int, hidden_size: int, method: str = "chunks") -> None:
        super().__init__()
        self.affine = nn.Linear(input_size, 3 * hidden_size)  # blocks i, f, g
        self.method = method

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return all states (N, T, H) and the last one."""
        i, f, g = self.affine(x).chunk(3, dim=-1)
        i, f = torch.sigmoid(i), torch.sigmoid(f)
        keep = f / (f + i)
        hs = scan(keep, (1 - keep) * g, g.new_zeros(g[:, 0].shape), self.method)
        return hs, hs[:, -1]


def log_scan(log_a: Tensor, log_b: Tensor) -> Tensor:
    """Return the states from zero of positive a, b given as logarithms, all (N, T, H)."""
    log_product = log_a.cumsum(dim=1)
    return torch.exp(log_product + torch.logcumsumexp(log_b - log_product, dim=1))


class LogMinGRU(nn.Module):
    """The minGRU of positive candidates, computed with logarithms."""

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        self.affine = nn.Linear(input_size, 2 * hidden_size)  # blocks z, n

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return all states (N, T, H) and the last one."""
        z, v = self.affine(x).chunk(2, dim=-1)
        log_n = torch.where(v >= 0, torch.log(F.relu(v) + 0.5), F.logsigmoid(v))
        hs = log_scan(F.logsigmoid(z), F.logsigmoid(-z) + log_n)
        return hs, hs[:, -1]
