"""Probes of save_checkpoint: what stands in the file, read back by us.

The model has buffers beside its parameters (those of a batch normalization), and the optimizer has
made two steps, so that both have a state that is not the initial one.
"""

import pickle
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import nn


def cases(rng):
    """Return weights and gradients for two steps, by name of the case."""
    return {
        "distinct": arguments(rng, 3, 5, "adam", 7),
        "square": arguments(rng, 3, 3, "sgd", 3),
        "single": arguments(rng, 1, 1, "adam", 0),
    }


def arguments(rng, D, H, optimizer, epoch):
    """Draw one case: a Linear from D to H, and a batch normalization."""
    return {
        "weight": rng.normal(size=(H, D)).astype(np.float32),
        "bias": rng.normal(size=H).astype(np.float32),
        "mean": rng.normal(size=H).astype(np.float32),
        "steps": rng.normal(size=(2, H * D + 3 * H)).astype(np.float32),
        "optimizer": optimizer,
        "epoch": epoch,
    }


def trained(case):
    """Return a network and its optimizer after two steps."""
    H, D = case["weight"].shape
    network = nn.Sequential(nn.Linear(D, H), nn.BatchNorm1d(H))
    with torch.no_grad():
        for name in ("weight", "bias"):
            getattr(network[0], name).copy_(torch.from_numpy(case[name]))
        network[1].running_mean.copy_(torch.from_numpy(case["mean"]))
    if case["optimizer"] == "adam":
        optimizer = torch.optim.Adam(network.parameters(), lr=0.02, betas=(0.8, 0.99))
    else:
        optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9)
    for step in case["steps"]:
        parts = torch.from_numpy(step).split([p.numel() for p in network.parameters()])
        for parameter, part in zip(network.parameters(), parts, strict=True):
            parameter.grad = part.reshape(parameter.shape)
        optimizer.step()
    return network, optimizer


def call(symbol, case):
    """Save, and return the file's content as arrays."""
    with torch.random.fork_rng(devices=[]):
        network, optimizer = trained(case)
    names = list(network.state_dict())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "checkpoint.pt")
        symbol(path if case["epoch"] else str(path), network, optimizer, case["epoch"])
        written = path.is_file()
        content, safe = read(path) if written else (None, False)
    content = content if isinstance(content, dict) else {}
    return {
        "written": written,
        "safe": safe,
        "keys": [key in content for key in ("model", "optimizer", "epoch")],
        "objects": [not isinstance(content.get(key), dict) for key in ("model", "optimizer")],
        "kept": numbers(network, names),
        "model": numbers(content.get("model"), names),
        "optimizer": optimizer_numbers(content.get("optimizer")),
        "epoch": content.get("epoch", -1),
        "all_keys": sum(map(ord, "".join(map(str, content)))),
    }


def read(path):
    """Return what a file holds, and whether it can be read without running code."""
    try:
        return torch.load(path, weights_only=True), True
    except (pickle.UnpicklingError, RuntimeError, EOFError):
        pass
    try:
        return torch.load(path, weights_only=False), False
    except Exception:  # not torch's file at all
        return None, False


def numbers(state, names):
    """Return the numbers of a state, name by name, in a row; NaN where it is none."""
    if isinstance(state, nn.Module):
        state = state.state_dict()
    if not isinstance(state, dict):
        return np.full(1, np.nan)
    values = [torch.as_tensor(state[name]).flatten() for name in names if name in state]
    return torch.cat([torch.zeros(0), *values]).numpy()


def optimizer_numbers(state):
    """Return the numbers of an optimizer's state, and its learning rates."""
    if isinstance(state, torch.optim.Optimizer):
        state = state.state_dict()
    if not isinstance(state, dict):
        return np.full(1, np.nan)
    values = []
    for key in sorted(state.get("state", {})):
        own = state["state"][key]
        values += [np.ravel(np.asarray(own[name])) for name in sorted(own) if own[name] is not None]
    values += [np.array([group["lr"]]) for group in state.get("param_groups", [])]
    return np.concatenate([np.zeros(0), *values])
