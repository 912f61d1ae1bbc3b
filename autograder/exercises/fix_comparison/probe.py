"""Probes of fix_comparison: how many parameters each layer has, and its outputs with given ones."""

import numpy as np
import torch


def cases(rng):
    """Return sizes, inputs and numbers for the parameters, by name of the case."""
    sizes = {"distinct": (3, 5, 4, 2), "square": (3, 3, 3, 3), "single": (1, 1, 2, 3)}
    return {
        name: {
            "input_size": D,
            "hidden_size": H,
            "x": rng.normal(size=(N, T, D)),
            "numbers": rng.uniform(-1, 1, size=2000),
        }
        for name, (N, T, D, H) in sizes.items()
    }


def call(symbol, case):
    """Build the layers, count their parameters, give them numbers, run them."""
    layers = symbol(case["input_size"], case["hidden_size"])
    layers = [layers[name].double() for name in ("rnn", "lstm", "gru")]
    counts = [sum(p.numel() for p in layer.parameters()) for layer in layers]
    outputs = []
    for layer in layers:
        start = 0
        for parameter in layer.parameters():
            stop = start + parameter.numel()
            numbers = torch.from_numpy(case["numbers"][start:stop])
            parameter.data = numbers.reshape(parameter.shape)
            start = stop
        output, _ = layer(torch.from_numpy(case["x"]))
        outputs.append(output.detach().numpy())
    return [*map(np.float64, counts), *outputs]
