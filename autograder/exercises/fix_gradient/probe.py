"""Probes of fix_gradient: the hidden states, and the gradients of a weighted sum of all of them."""

import torch

LEAVES = ("x", "h0", "W_x", "W_h", "b")


def cases(rng):
    """Return the arguments and the loss's weights, by name of the case."""
    sizes = {"distinct": (3, 6, 2, 5), "square": (4, 4, 4, 4), "single": (1, 1, 2, 3)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, T, D, H):
    """Draw one case; `weights` makes a number of the states."""
    return {
        "x": rng.normal(size=(N, T, D)),
        "h0": rng.uniform(-0.9, 0.9, size=(N, H)),
        "W_x": 0.5 * rng.normal(size=(H, D)),
        "W_h": 0.5 * rng.normal(size=(H, H)),
        "b": 0.5 * rng.normal(size=H),
        "weights": rng.normal(size=(N, T, H)),
    }


def call(symbol, case):
    """Return the states and five gradients; zeros where nothing comes back."""
    leaves = [torch.from_numpy(case[name]).clone().requires_grad_() for name in LEAVES]
    hs = symbol(*leaves)
    gradients = [None] * len(leaves)
    if hs.requires_grad:
        loss = (hs * torch.from_numpy(case["weights"])).sum()
        gradients = torch.autograd.grad(loss, leaves, allow_unused=True)
    found = [
        torch.zeros_like(leaf) if gradient is None else gradient
        for leaf, gradient in zip(leaves, gradients, strict=True)
    ]
    return [hs.detach().numpy(), *(gradient.numpy() for gradient in found)]
