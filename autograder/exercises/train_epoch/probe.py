"""Probes of train_epoch: a small network of ours, an optimizer that notes every gradient it sees.

The last batch is short and its loss is unlike the others', so that a mean over batches differs
from a mean over images. max_norm lies among the gradients' norms, so that some are clipped.
"""

import numpy as np
import torch
from torch import nn

HIDDEN = 6


def cases(rng):
    """Return images, labels, batch size, first parameters and max_norm, by name of the case."""
    return {
        "distinct": arguments(rng, 17, 5, 3, 0.8, False),
        "square": arguments(rng, 8, 4, 4, 0.3, True),
        "single": arguments(rng, 1, 1, 3, 5.0, True),
        "default": arguments(rng, 14, 4, 3, "default", False),
        "unclipped": arguments(rng, 11, 4, 5, None, False),
    }


def arguments(rng, count, size, C, max_norm, training):
    """Draw one case: images (count, 4, 3), C classes."""
    images = rng.normal(size=(count, 4, 3))
    images[-1] *= 3  # in the short last batch
    return {
        "images": images,
        "labels": rng.integers(0, C, size=count),
        "size": size,
        "max_norm": max_norm,
        "training": training,
        "W1": 1.2 * rng.normal(size=(HIDDEN, 12)),
        "b1": 1.2 * rng.normal(size=HIDDEN),
        "W2": 1.2 * rng.normal(size=(C, HIDDEN)),
        "b2": 1.2 * rng.normal(size=C),
    }


class Network(nn.Module):
    """Two Linear layers, with notes of the mode of every call."""

    def __init__(self, case):
        super().__init__()
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, nn.Parameter(torch.tensor(case[name], dtype=torch.float32)))
        self.modes = []

    def forward(self, images):
        """Return logits."""
        self.modes.append(float(self.training))
        hidden = torch.tanh(images.flatten(1) @ self.W1.T + self.b1)
        return hidden @ self.W2.T + self.b2


class Noting(torch.optim.SGD):
    """Plain gradient descent that notes the gradient at every step."""

    seen: list

    def step(self, closure=None):
        """Note the gradients, and use them."""
        parameters = self.param_groups[0]["params"]
        gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]
        self.seen.append(torch.cat([gradient.flatten() for gradient in gradients]).numpy().copy())
        return super().step(closure)


def call(symbol, case):
    """Train for one epoch, and return the loss and everything that was noted."""
    network = Network(case)
    network.train(case["training"])  # a look at the validation set may have left it in eval mode
    optimizer = Noting(network.parameters(), lr=0.5)
    optimizer.seen = []
    images = torch.tensor(case["images"], dtype=torch.float32).split(case["size"])
    labels = torch.from_numpy(case["labels"]).split(case["size"])
    options = () if case["max_norm"] == "default" else (case["max_norm"],)
    loss = symbol(network, zip(images, labels, strict=True), optimizer, *options)
    if loss is None:
        return None
    if isinstance(loss, torch.Tensor):
        loss = loss.detach().numpy()
    return {
        "loss": loss,
        "modes": np.array(network.modes),
        "gradients": np.array(optimizer.seen),
        "left": left(network),
        "weights": np.concatenate([p.detach().numpy().ravel() for p in network.parameters()]),
    }


def left(network):
    """Return the gradients as they stand after the epoch; a right loop may leave none."""
    gradients = [p.grad.flatten() for p in network.parameters() if p.grad is not None]
    return torch.cat([torch.zeros(1), *gradients]).numpy()
