"""Probes of GRUCell: its weights, one step of it, and the cell inside keras.layers.RNN.

N, T, D, H and 3H differ; in "equal" they are equal, so that a wrong axis shows in the numbers. The
state before the step and all biases are nonzero, and the two rows of the bias differ.
"""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # else it says on import that they are on

import keras
import numpy as np

NAMES = ("kernel", "recurrent_kernel", "bias")


def cases(rng):
    """Return the arguments of each call, by name of the case."""
    sizes = {
        "weights": (2, 1, 5, 3),
        "distinct": (4, 1, 5, 2),
        "equal": (3, 1, 3, 3),
        "single": (1, 1, 3, 2),
        "sequence": (2, 6, 5, 3),
        "default": (4, 3, 2, 5),
    }
    return {name: arguments(rng, name, *size) for name, size in sizes.items()}


def arguments(rng, name, N, T, D, H):
    """Draw one call's arguments."""
    case = {
        "units": H,
        "use": {"weights": "build", "sequence": "rnn", "default": "rnn"}.get(name, "step"),
        "x": rng.normal(size=(N, T, D)).astype(np.float32),
        "h": rng.uniform(-0.9, 0.9, size=(N, H)).astype(np.float32),
        "kernel": 0.7 * rng.normal(size=(D, 3 * H)).astype(np.float32),
        "recurrent_kernel": 0.7 * rng.normal(size=(H, 3 * H)).astype(np.float32),
        "bias": rng.normal(size=(2, 3 * H)).astype(np.float32),
    }
    if name == "default":
        del case["h"]  # the state starts at zero, as wide as state_size says
    return case


def call(symbol, case):
    """Use the learner's cell: build it, give it the weights, run it."""
    cell = symbol(case["units"])
    x = case["x"]
    N, _, D = x.shape
    if case["use"] == "build":
        cell.build((N, D))
        return {
            "units": cell.units,
            "state_size": np.ravel(getattr(cell, "state_size", -1)),  # H or [H]
            **{name: np.array(np.shape(weight(cell, name))) for name in NAMES},
        }
    if case["use"] == "step":
        cell.build((N, D))
        assign(cell, case)
        output, states = cell(x[:, 0], [keras.ops.convert_to_tensor(case["h"])])
        return {"output": np.asarray(output), "states": listed(states)}
    layer = keras.layers.RNN(cell, return_sequences=True, return_state=True)
    layer.build(x.shape)
    assign(cell, case)
    state = {"initial_state": [case["h"]]} if "h" in case else {}
    outputs, *states = layer(x, **state)
    return {"outputs": np.asarray(outputs), "states": listed(states)}


def weight(cell, name):
    """Return a weight by its name; or by its attribute, which most people call the same."""
    for variable in cell.weights:
        if variable.name == name:
            return variable
    return getattr(cell, name)


def assign(cell, case):
    """Give the cell the weights of the case."""
    for name in NAMES:
        weight(cell, name).assign(case[name])


def listed(states):
    """Return the states as they came, as arrays: a list stays a list."""
    if isinstance(states, (list, tuple)):
        return [np.asarray(state) for state in states]
    return np.asarray(states)
