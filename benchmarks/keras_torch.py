"""Keras beside PyTorch: the same three classifiers of MNIST rows, the same recipe, in turn.

    python -m benchmarks.keras_torch               three seeds (a quarter of an hour of one core)
    python -m benchmarks.keras_torch --seeds 0     one

One recurrent layer of 64 units and a linear layer; Adam at 1e-3, batches of 128, five epochs, one
thread, each library's own initialisation and its own training loop (`fit`, with TensorFlow; a plain
loop). The clock is processor time of the training alone; Keras' first epoch holds the tracing of its
graph, so the times of all later epochs are kept apart. Results go to benchmarks/keras_torch.json
after every run; what is there already is not run again.
"""

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.times import machine
from unrolled.data import load_mnist

RESULTS = Path(__file__).with_suffix(".json")
UNITS, EPOCHS, BATCH, LR = 64, 5, 128, 1e-3
KINDS = ("rnn", "lstm", "gru")
Data = dict[str, np.ndarray]


def with_keras(kind: str, seed: int, data: Data) -> dict[str, Any]:
    """Train one classifier in Keras."""
    import keras

    class Clock(keras.callbacks.Callback):
        def on_epoch_end(self, epoch: int, logs: object = None) -> None:
            ends.append(time.process_time())

    keras.utils.set_random_seed(seed)
    layer = {"rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}
    model = keras.Sequential([keras.Input((28, 28)), layer[kind](UNITS), keras.layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(LR), loss)
    ends = [time.process_time()]
    model.fit(data["x"], data["y"], BATCH, EPOCHS, verbose=0, callbacks=[Clock()])
    logits = model.predict(data["x_test"], batch_size=500, verbose=0)
    return _result("keras", kind, seed, ends, logits, data)


def with_torch(kind: str, seed: int, data: Data) -> dict[str, Any]:
    """Train one classifier in PyTorch."""
    import torch
    import torch.nn.functional as F
    from torch import nn

    from unrolled.training import batches

    torch.manual_seed(seed)
    layer = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind](28, UNITS, batch_first=True)
    readout = nn.Linear(UNITS, 10)
    optimizer = torch.optim.Adam([*layer.parameters(), *readout.parameters()], LR)
    x, y, x_test = (torch.from_numpy(data[name]) for name in ("x", "y", "x_test"))
    generator = torch.Generator().manual_seed(seed)
    ends = [time.process_time()]
    for _ in range(EPOCHS):
        for images, labels in batches(x, y, BATCH, generator):
            loss = F.cross_entropy(readout(layer(images)[0][:, -1]), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        ends.append(time.process_time())
    with torch.no_grad():
        logits = readout(layer(x_test)[0][:, -1]).numpy()
    return _result("torch", kind, seed, ends, logits, data)


def _result(
    library: str, kind: str, seed: int, ends: list[float], logits: np.ndarray, data: Data
) -> dict[str, Any]:
    seconds = np.diff(ends)
    return {
        "library": library,
        "kind": kind,
        "seed": seed,
        "test": float((logits.argmax(axis=1) == data["y_test"]).mean()),
        "first_epoch_cpu_s": round(float(seconds[0]), 2),
        "epoch_cpu_s": round(float(np.median(seconds[1:])), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--again", action="store_true", help="run again what is there")
    options = parser.parse_args()
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras
    import tensorflow as tf
    import torch

    torch.set_num_threads(1)
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    mnist = load_mnist()
    if mnist.source != "mnist":
        raise SystemExit("This benchmark is about the real MNIST: set UNROLLED_DATA.")
    data = {
        "x": mnist.train_images.astype(np.float32) / 255, "y": mnist.train_labels,
        "x_test": mnist.test_images.astype(np.float32) / 255, "y_test": mnist.test_labels,
    }  # fmt: skip
    found = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {"runs": []}
    versions = {
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "torch": torch.__version__,
    }
    found |= {"machine": machine(), "date": time.strftime("%Y-%m-%d"), "versions": versions}
    for seed in options.seeds:
        for kind in KINDS:
            for library, train in (("keras", with_keras), ("torch", with_torch)):
                same = [(r["library"], r["kind"], r["seed"]) for r in found["runs"]]
                if (library, kind, seed) in same and not options.again:
                    continue
                kept = [r for r, key in zip(found["runs"], same, strict=True)
                        if key != (library, kind, seed)]  # fmt: skip
                found["runs"] = [*kept, train(kind, seed, data)]
                RESULTS.write_text(json.dumps(found, indent=1) + "\n")
                print(found["runs"][-1], flush=True)


if __name__ == "__main__":
    main()
