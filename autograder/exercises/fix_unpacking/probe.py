"""Probes of fix_unpacking: batches of two, where the broken code runs, and of other sizes."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # else it says on import that they are on

import keras
import numpy as np


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {"two": (2, 4, 3, 5), "distinct": (3, 5, 2, 4), "single": (1, 1, 3, 2)}
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, T, D, H):
    """Draw one batch and one layer's weights."""
    shapes = (D, 4 * H), (H, 4 * H), (4 * H,)
    return {
        "x": rng.normal(size=(N, T, D)).astype(np.float32),
        "units": H,
        "weights": [0.7 * rng.normal(size=shape).astype(np.float32) for shape in shapes],
    }


def call(symbol, case):
    """Call the function, and make arrays of the tensors that come back."""
    value = symbol(*case.values())
    if isinstance(value, (list, tuple)):
        return [keras.ops.convert_to_numpy(item) for item in value]
    return value
