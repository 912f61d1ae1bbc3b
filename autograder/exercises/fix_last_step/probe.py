"""Probes of fix_last_step: unsorted lengths, one of them T; what stands in the padding is 0."""

import numpy as np
import torch


def cases(rng):
    """Return inputs, lengths and the layer's numbers, by name of the case."""
    return {
        "distinct": arguments(rng, [4, 7, 2], 7, 3, 5),
        "square": arguments(rng, [2, 4, 1, 3], 4, 4, 4),
        "single": arguments(rng, [1], 1, 2, 3),
        "padded": arguments(rng, [2, 3], 5, 3, 2),
    }


def arguments(rng, lengths, T, D, H):
    """Draw one batch."""
    lengths = np.array(lengths)
    valid = np.arange(T) < lengths[:, None]
    return {
        "x": rng.normal(size=(len(lengths), T, D)) * valid[:, :, None],
        "lengths": lengths,
        "hidden_size": H,
        "numbers": rng.uniform(-1, 1, size=2000),
    }


def call(symbol, case):
    """Make the layer, give its parameters numbers, run the function."""
    x = torch.from_numpy(case["x"])
    H = case["hidden_size"]
    layer = torch.nn.GRU(x.shape[2], H, batch_first=True, bidirectional=True).double()
    start = 0
    for parameter in layer.parameters():
        stop = start + parameter.numel()
        parameter.data = torch.from_numpy(case["numbers"][start:stop]).reshape(parameter.shape)
        start = stop
    features = symbol(layer, x, torch.from_numpy(case["lengths"]))
    return features.detach().numpy() if isinstance(features, torch.Tensor) else features
