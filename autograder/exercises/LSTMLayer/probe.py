"""Probes of LSTMLayer.

The layer is built, its parameters are given seeded values by their names, and it is called twice:
first on other sequences, so that a state that survives the call shows. The loss weighs every
output and both last states, so that a gradient that is cut anywhere shows.
"""

import numpy as np
import torch

PARAMETERS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def cases(rng):
    """Return one layer's parameters, its inputs and the loss's weights, by name of the case."""
    sizes = {
        "distinct": (3, 5, 4, 2),
        "square": (3, 3, 3, 3),
        "single": (1, 1, 4, 2),
        "default": (2, 4, 3, 5),
    }
    drawn = {name: arguments(rng, *size) for name, size in sizes.items()}
    drawn["default"] |= {"h0": None, "c0": None}
    return drawn


def arguments(rng, N, T, D, H):
    """Draw one case."""
    return {
        "x": rng.normal(size=(N, T, D)),
        "h0": rng.uniform(-0.9, 0.9, size=(N, H)),
        "c0": 1.5 * rng.normal(size=(N, H)),
        "weight_ih": 0.7 * rng.normal(size=(4 * H, D)),
        "weight_hh": 0.7 * rng.normal(size=(4 * H, H)),
        "bias_ih": rng.normal(size=4 * H),
        "bias_hh": rng.normal(size=4 * H),
        "d_outputs": rng.normal(size=(N, T, H)),
        "d_h": rng.normal(size=(N, H)),
        "d_c": rng.normal(size=(N, H)),
    }


def tensor(array, requires_grad=False):
    """Return a float32 copy."""
    return torch.tensor(array, dtype=torch.float32, requires_grad=requires_grad)


def call(symbol, case):
    """Build the layer, set its parameters, run it forwards and backwards."""
    D, H = case["weight_ih"].shape[1], case["weight_hh"].shape[1]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        layer = symbol(D, H)
        parameters = [getattr(layer, name) for name in PARAMETERS]
        made = [np.zeros(tuple(parameter.shape)) for parameter in parameters]
        registered = sum(parameter.numel() for parameter in layer.parameters())
        for name, parameter in zip(PARAMETERS, parameters, strict=True):
            parameter.data = tensor(case[name])
        x = tensor(case["x"], True)
        state = ()
        if case["h0"] is not None:
            state = (tensor(case["h0"], True), tensor(case["c0"], True))
        torch.manual_seed(1)
        layer(x.detach().flip(0))
        outputs, h, c, items = parts(layer(x, state) if state else layer(x))
    loss = sum(
        (value * tensor(case[weight])).sum()
        for value, weight in ((outputs, "d_outputs"), (h, "d_h"), (c, "d_c"))
    )
    wanted = [x, *state, *parameters]
    reached = [leaf for leaf in wanted if leaf.requires_grad]
    found = [None] * len(reached)
    if loss.requires_grad:
        found = torch.autograd.grad(loss, reached, allow_unused=True)
    by_leaf = {id(leaf): gradient for leaf, gradient in zip(reached, found, strict=True)}
    gradients = []
    for leaf in wanted:
        gradient = by_leaf.get(id(leaf))
        gradients.append(np.zeros(tuple(leaf.shape)) if gradient is None else gradient.numpy())
    if not state:
        gradients[1:1] = [np.zeros((len(x), H))] * 2
    values = [value.detach().numpy() for value in (outputs, h, c)]
    return [*made, registered, items, *values, *gradients]


def parts(result):
    """Return outputs, h, c, and how many things came back; with three, h and c stood alone."""
    if isinstance(result, torch.Tensor):
        nothing = 0 * result[:, -1]
        return result, nothing, nothing, 1
    if len(result) == 3:
        return (*result, 3)
    outputs, (h, c) = result
    return outputs, h, c, 2
