"""Probes of RowClassifier.

The network may be built in any way, so its parameters are set by their shapes alone, and what is
returned are raw logits and gradients under three settings of them:

- small: seeded small numbers, with which a state soon forgets; then the gradient of the logits
  with respect to the images shows which images, and which of their rows, each answer rests on;
- open: all biases large, so that a memory cell adds up, while a hidden state stays below 1;
  the readout's input is read off as the gradient of the logits with respect to its weights;
- bias only: all weights zero, so that the logits are the readout's own bias.

C is unlike every other size, so that the readout's parameters are known by their shapes.
"""

import numpy as np
import torch

OPEN = 3.0  # each bias under "open"
TINY = 0.01  # each weight under "open"


def cases(rng):
    """Return options, images and numbers for the parameters, by name of the case."""
    options = {
        "distinct": (4, "rnn", 5, 1, False, 7),
        "lstm": (3, "lstm", 6, 1, False, 11),
        "stacked": (3, "lstm", 5, 2, False, 7),
        "gru": (3, "gru", 5, 1, True, 7),
        "bidirectional": (4, "lstm", 5, 2, True, 11),
        "single": (1, "gru", 6, 2, False, 7),
        "default": (2, None, None, None, None, None),
    }
    names = ("cell", "hidden_size", "num_layers", "bidirectional", "num_classes")
    return {
        name: {
            "images": rng.random((N, 28, 28)).astype(np.float32),
            **dict(zip(names, given, strict=True)),
            "numbers": rng.uniform(-1, 1, size=4000).astype(np.float32),
            "cotangent": rng.uniform(0.5, 1.5, size=given[-1] or 10).astype(np.float32),
            "bias": (20 * rng.permutation(np.arange(given[-1] or 10) - 2)).astype(np.float32),
        }
        for name, (N, *given) in options.items()
    }


def call(symbol, case):
    """Build a network, and return its size and its answers under three settings."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        if case["cell"] is None:
            model = symbol()
        elif case["num_layers"] == 1:
            model = symbol(*list(case.values())[1:6])
        else:
            model = symbol(**dict(list(case.items())[1:6]))
        model.eval()
        count = sum(parameter.numel() for parameter in model.parameters())
        images = torch.from_numpy(case["images"])
        if case["cell"] is None:
            return {"count": count, "logits": model(images).detach().numpy()}
        set_small(model, case)
        torch.manual_seed(1)
        answers = [model(images).detach().numpy() for _ in range(2)]
        jacobian, reached = gradients(model, images, case["cotangent"])
        small_inputs = readout_inputs(model, images, case["num_classes"])
        set_open(model)
        open_inputs = readout_inputs(model, images, case["num_classes"])
        set_bias(model, case["bias"])
        biased = model(images).detach().numpy()
    return {
        "count": count,
        "logits": answers[0],
        "again": answers[1],
        "jacobian": jacobian,
        "reached": reached,
        "small_inputs": small_inputs,
        "open_inputs": open_inputs,
        "biased": biased,
    }


def set_small(model, case):
    """Give every parameter seeded numbers: weights that let a state shrink, biases near 0."""
    numbers = torch.from_numpy(case["numbers"])
    start = 0
    for parameter in model.parameters():
        size = 0.4 * parameter.shape[-1] ** -0.5 if parameter.ndim > 1 else 0.1
        count = parameter.numel()
        parameter.data = size * numbers[start : start + count].reshape(parameter.shape)
        start += count


def set_open(model):
    """Give every weight one small number and every bias one large one."""
    for parameter in model.parameters():
        parameter.data = torch.full_like(parameter, TINY if parameter.ndim > 1 else OPEN)


def set_bias(model, bias):
    """Set every parameter to zero, and the one with C numbers to the bias."""
    for parameter in model.parameters():
        values = torch.zeros_like(parameter)
        if parameter.numel() == len(bias):
            values = torch.from_numpy(bias).reshape(parameter.shape)
        parameter.data = values


def readout_inputs(model, images, classes):
    """Return what the readout is given, (N, H) or (N, 2H); ones if no parameter is (C, …)."""
    weights = [p for p in model.parameters() if p.ndim == 2 and len(p) == classes]
    logits = model(images)
    if not weights or not logits.requires_grad or logits.shape[-1] != classes:
        return np.ones((len(images), 1))
    rows = []
    for apart in (logits[..., 0] - logits[..., 1]).flatten()[: len(images)]:
        (found,) = torch.autograd.grad(apart, weights[:1], retain_graph=True, allow_unused=True)
        rows.append(torch.zeros(1) if found is None else found[0])
    return torch.stack(rows).numpy()


def gradients(model, images, cotangent):
    """Return how each image's logits change with every image, (N, N, 28, 28), and with parameters.

    The second is one number a parameter: the largest entry of its gradient.
    """
    images = images.clone().requires_grad_()
    logits = model(images)
    parameters = list(model.parameters())
    jacobian = np.zeros((len(images), *images.shape), dtype=np.float32)
    reached = np.zeros(len(parameters))
    if logits.requires_grad:
        weights = torch.from_numpy(np.resize(cotangent, logits.shape[-1]))
        weighed = (logits * weights).flatten(1).sum(dim=1)
        for n in range(min(len(images), len(weighed))):
            leaves = [images, *parameters]
            found = torch.autograd.grad(weighed[n], leaves, retain_graph=True, allow_unused=True)
            if found[0] is not None:
                jacobian[n] = found[0].numpy()
            sizes = [0.0 if g is None else float(g.abs().max()) for g in found[1:]]
            reached = np.maximum(reached, sizes)
    return jacobian, reached
