"""Probes of FixBatchAxis: its logits with given parameters; N and T differ, but once."""

import torch


def cases(rng):
    """Return sizes, inputs and numbers for the parameters, by name of the case."""
    sizes = {"distinct": (3, 6, 4, 5, 2), "square": (4, 4, 4, 4, 4), "single": (1, 3, 2, 4, 5)}
    return {
        name: {
            "input_size": D,
            "hidden_size": H,
            "num_classes": C,
            "x": rng.normal(size=(N, T, D)),
            "numbers": rng.uniform(-1, 1, size=2000),
        }
        for name, (N, T, D, H, C) in sizes.items()
    }


def call(symbol, case):
    """Build the network, give its parameters numbers, in their order, and run it."""
    model = symbol(case["input_size"], case["hidden_size"], case["num_classes"]).double()
    start = 0
    for parameter in model.parameters():
        stop = start + parameter.numel()
        parameter.data = torch.from_numpy(case["numbers"][start:stop]).reshape(parameter.shape)
        start = stop
    return model(torch.from_numpy(case["x"])).detach().numpy()
