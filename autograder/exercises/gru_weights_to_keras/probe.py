"""Probes of gru_weights_to_keras: what nn.GRU(...).state_dict() holds, in float64.

D and H differ and so do the two biases; in "square" D = H, so that a missing transpose or two
matrices in the wrong order show in the numbers.
"""

from collections import OrderedDict

import numpy as np
import torch


def cases(rng):
    """Return the arguments of each call, by name of the case."""
    sizes = {"distinct": (5, 3), "square": (4, 4), "single": (2, 1)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, D, H):
    """Draw one layer's weights, under PyTorch's names and in its order."""
    return {
        "weight_ih_l0": rng.normal(size=(3 * H, D)),
        "weight_hh_l0": rng.normal(size=(3 * H, H)),
        "bias_ih_l0": rng.normal(size=3 * H),
        "bias_hh_l0": rng.normal(size=3 * H),
    }


def call(symbol, case):
    """Hand over a state dict whose tensors share memory with the case's arrays."""
    state_dict = OrderedDict((name, torch.from_numpy(array)) for name, array in case.items())
    weights = symbol(state_dict)
    if not isinstance(weights, (list, tuple)):
        return weights
    return {
        "weights": [np.asarray(weight) for weight in weights],
        "numpy": [float(isinstance(weight, np.ndarray)) for weight in weights],
    }
