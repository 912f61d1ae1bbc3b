"""Probes of build_classifier: what the model computes, what it reports, whether it learns.

Every model is given weights that are drawn from the case's seed, so that its output is known. Each
kind has a hidden size of its own, and the batch size is no size of the network. Some rows of the
images are empty, as in MNIST: a layer that skips them computes something else. Everything runs
eagerly, because tracing a graph would cost more than these few small batches.
"""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # else it says on import that they are on

import keras
import numpy as np

N = 20  # each label twice: whoever always says the same is right in one of ten cases
FEW = 3  # for the cheapest case, which the diagnosis therefore tries first


def cases(rng):
    """Return the arguments of each call, by name of the case."""
    found = {
        "rnn": {"kind": "rnn", "units": 5, "step": "predict"},
        "lstm": {"kind": "lstm", "units": 6, "step": "predict"},
        "gru": {"kind": "gru", "units": 7, "step": "predict"},
        "default": {"kind": "lstm", "step": "build"},
        "loss": {"kind": "rnn", "units": 4, "step": "test"},
        "training": {"kind": "rnn", "units": 16, "step": "train"},
    }
    for name, case in found.items():
        count = FEW if name == "rnn" else N
        images = rng.uniform(size=(count, 28, 28)).astype(np.float32)
        images[:, [0, 1, 9, 26, 27]] = 0.0
        case["images"] = images
        case["labels"] = rng.permutation(count) % 10
        case["seed"] = int(rng.integers(10_000))
    return found


def call(symbol, case):
    """Build a model with the learner's function and use it on a few images."""
    keras.utils.set_random_seed(case["seed"])
    options = {"units": case["units"]} if "units" in case else {}
    model = symbol(case["kind"], **options)
    if model is None:
        return None
    images, labels = case["images"], case["labels"]
    if not model.built:  # without an Input it is built by the first call
        model(images)
    rng = np.random.default_rng(case["seed"])
    weights = model.get_weights()
    model.set_weights([rng.normal(size=w.shape) / (1 + w.shape[0]) ** 0.5 for w in weights])
    if case["step"] == "build":
        return {"parameters": model.count_params()}
    output = np.asarray(model(images, training=False))
    if case["step"] == "predict":
        return {"parameters": model.count_params(), "output": output}
    model.run_eagerly = True
    if case["step"] == "test":
        found = {"output": output, "compiled": float(model.compiled)}
        for name, targets in {
            "logs": labels,
            "one_hot": np.eye(10, dtype=np.float32)[labels],
        }.items():
            try:
                found[name] = model.test_on_batch(images, targets, return_dict=True)
            except Exception:  # what it is will be seen in training
                found[name] = {}
        return found
    before = model.get_weights()
    for _ in range(2):
        model.train_on_batch(images, labels)
    later = np.asarray(model(images, training=False))
    after = model.get_weights()
    return {"output": output, "output_after": later, "before": before, "after": after}
