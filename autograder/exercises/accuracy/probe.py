"""Probes of accuracy: a small network of ours that notes the mode of every call.

About two thirds of the labels are the network's own answers. The last batch is short and has
one right answer only, so that a mean over batches differs from a mean over images.
"""

import numpy as np
import torch
from torch import nn


def cases(rng):
    """Return images, labels, batch size, weights and the first mode, by name of the case."""
    return {
        "distinct": arguments(rng, 17, 5, 3, True),
        "square": arguments(rng, 8, 4, 4, False),
        "single": arguments(rng, 1, 1, 3, True),
        "larger": arguments(rng, 43, 10, 6, True),
    }


def arguments(rng, count, size, C, training):
    """Draw one case: images (count, 4, 3), C classes; every second pixel is empty."""
    images = rng.normal(size=(count, 4, 3)).astype(np.float32)
    W = rng.normal(size=(C, 12)).astype(np.float32)
    labels = (images.reshape(count, 12) @ W.T).argmax(axis=1)
    wrong = rng.random(count) < 1 / 3
    wrong[-(count % size or size) :] = True
    wrong[[0, -1]] = False
    labels = (labels + wrong * rng.integers(1, C, size=count)) % C
    return {"images": images, "labels": labels, "size": size, "W": W, "training": training}


class Network(nn.Module):
    """One Linear that notes the mode of every call; in training mode it loses half the pixels."""

    def __init__(self, W):
        super().__init__()
        self.W = nn.Parameter(torch.from_numpy(W))
        self.modes = []

    def forward(self, images):
        """Return logits."""
        self.modes.append((float(self.training), float(torch.is_grad_enabled())))
        images = images.flatten(1)
        if self.training:
            images = images * (torch.arange(images.shape[1]) % 2)
        return images @ self.W.T


def call(symbol, case):
    """Measure the accuracy, and return it with everything that was noted."""
    network = Network(case["W"])
    network.train(case["training"])
    images = torch.from_numpy(case["images"]).split(case["size"])
    labels = torch.from_numpy(case["labels"]).split(case["size"])
    with torch.enable_grad():
        share = symbol(network, zip(images, labels, strict=True))
        gradients_after = torch.is_grad_enabled()
    if share is None:
        return None
    if isinstance(share, torch.Tensor):
        share = share.detach().numpy()
    return {
        "share": share,
        "modes": np.array(network.modes),
        "training_after": network.training,
        "gradients_after": gradients_after,
    }
