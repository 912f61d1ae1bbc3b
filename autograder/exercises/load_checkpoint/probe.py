"""Probes of load_checkpoint: a file that we write, and what it makes of other objects.

"gpu" holds a file whose tensors say that they come from a GPU that is not there. "other" holds the
weights of a larger network, which must not be taken for this one's.
"""

import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import nn


def cases(rng):
    """Return two networks' weights and gradients, by name of the case."""
    return {
        "distinct": arguments(rng, 3, 5, 7, {"optimizer": True, "device": "cpu"}),
        "square": arguments(rng, 3, 3, 3, {"optimizer": True}),
        "single": arguments(rng, 1, 1, 0, {"optimizer": True}),
        "default": arguments(rng, 4, 2, 12, {}),
        "gpu": arguments(rng, 2, 3, 5, {"optimizer": True, "device": "cpu"}),
        "other": arguments(rng, 2, 3, 1, {}),
    }


def arguments(rng, D, H, epoch, given):
    """Draw one case: a Linear from D to H, and a batch normalization."""
    count = H * D + 3 * H
    return {
        "D": D,
        "H": H,
        "epoch": epoch,
        "given": given,
        "weights": rng.normal(size=(2, count)).astype(np.float32),
        "steps": rng.normal(size=(3, count)).astype(np.float32),
        "mean": rng.normal(size=H).astype(np.float32),
    }


def built(case, k):
    """Return network k and its optimizer; 0 is the one in the file, 1 the one to be changed."""
    network = nn.Sequential(nn.Linear(case["D"], case["H"]), nn.BatchNorm1d(case["H"]))
    with torch.no_grad():
        for parameter, part in parts(network, case["weights"][k]):
            parameter.copy_(part)
        if k == 0:
            network[1].running_mean.copy_(torch.from_numpy(case["mean"]))
    optimizer = torch.optim.Adam(network.parameters(), lr=(0.02, 0.5)[k], betas=(0.8, 0.99))
    return network, optimizer


def parts(network, numbers):
    """Return the parameters, each with its share of a row of numbers."""
    split = torch.from_numpy(numbers.copy()).split([p.numel() for p in network.parameters()])
    return [(p, s.reshape(p.shape)) for p, s in zip(network.parameters(), split, strict=True)]


def step(network, optimizer, gradient):
    """Make one update with a given gradient."""
    for parameter, part in parts(network, gradient):
        parameter.grad = part
    optimizer.step()


def write(path, network, optimizer, epoch, tag):
    """Write the file, its tensors marked as coming from a device."""
    original = torch.serialization.location_tag
    try:
        if tag is not None:
            torch.serialization.location_tag = lambda storage: tag
        state = {"model": network.state_dict(), "optimizer": optimizer.state_dict()}
        torch.save({**state, "epoch": epoch, "note": "written by the probe"}, path)
    finally:
        torch.serialization.location_tag = original


def call(symbol, case):
    """Load into the second network, make one more step with it, and return what it is then."""
    with torch.random.fork_rng(devices=[]):
        first, first_optimizer = built(case, 0)
        for gradient in case["steps"][:2]:
            step(first, first_optimizer, gradient)
        if case["epoch"] == 1:  # another architecture than the one that is asked to load it
            first = nn.Sequential(*first, nn.Linear(case["H"], 2))
        second, second_optimizer = built(case, 1)
    options = {**case["given"]}
    if "optimizer" in options:
        options["optimizer"] = second_optimizer
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "checkpoint.pt")
        tag = "cuda:63" if case["epoch"] == 5 else None
        write(path, first, first_optimizer, case["epoch"], tag)
        path = path if case["epoch"] % 2 else str(path)
        try:
            if "device" in options and tag is None:
                epoch = symbol(path, second, options["optimizer"], options["device"])
            else:
                epoch = symbol(path, second, **options)
        except (RuntimeError, AttributeError) as error:
            foreseen = RuntimeError if tag else AttributeError if not options else ()
            if case["epoch"] == 1 or not isinstance(error, foreseen):
                raise
            return {"raised": 1}
    if epoch is None:
        return None
    found = {"epoch": epoch, "model": numbers(second), "file": numbers(first)}
    found["rate"] = [group["lr"] for group in second_optimizer.param_groups]
    step(second, second_optimizer, case["steps"][2])
    return found | {"after": numbers(second)}


def numbers(network):
    """Return all numbers of a network's state in a row."""
    return torch.cat([value.flatten().float() for value in network.state_dict().values()]).numpy()
