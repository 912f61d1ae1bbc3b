"""Lesson 10's comparison: three recurrent layers on MNIST, row by row, in Keras.

    python -m benchmarks.keras_classifiers              15 trainings, about 15 minutes of one core
    python -m benchmarks.keras_classifiers --seeds 0    one seed of each

Every run has the same data, optimiser, batch size and number of epochs. The first three layers have
64 units; the last two have as many as bring their parameters nearest to those of LSTM(64). Results
go to benchmarks/keras_classifiers.json after every run; what is there already is not run again.
"""

import argparse
import json
import os
import platform
import time
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_suffix(".json")
EPOCHS, BATCH, VALIDATION = 5, 128, 5_000
LAYERS = {"SimpleRNN": "rnn", "LSTM": "lstm", "GRU": "gru"}


def parameters(layer: str, units: int, inputs: int = 28, classes: int = 10) -> int:
    """Return how many parameters one recurrent layer and the Dense layer above it have."""
    blocks, biases = {"SimpleRNN": (1, 1), "LSTM": (4, 1), "GRU": (3, 2)}[layer]
    return blocks * units * (inputs + units + biases) + classes * (units + 1)


def runs() -> list[tuple[str, int]]:
    """Return (layer, units): 64 units each, then as many as give the parameters of LSTM(64)."""
    goal = parameters("LSTM", 64)
    equal = {
        layer: min(range(8, 257), key=lambda n, layer=layer: abs(parameters(layer, n) - goal))
        for layer in ("SimpleRNN", "GRU")
    }
    return [*((layer, 64) for layer in LAYERS), *equal.items()]


def train(layer: str, units: int, seed: int) -> dict[str, Any]:
    """Train one classifier and return what there is to know about it."""
    import keras

    from unrolled.data import load_mnist

    mnist = load_mnist()
    assert mnist.source == "mnist", "this benchmark wants the real MNIST"
    x, y = mnist.train_images.astype("float32") / 255, mnist.train_labels
    x_test, y_test = mnist.test_images.astype("float32") / 255, mnist.test_labels
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            getattr(keras.layers, layer)(units),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    assert model.count_params() == parameters(layer, units)
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    kept = len(x) - VALIDATION
    start = time.perf_counter()
    history = model.fit(
        x[:kept],
        y[:kept],
        validation_data=(x[kept:], y[kept:]),
        epochs=EPOCHS,
        batch_size=BATCH,
        verbose=0,
    ).history
    seconds = (time.perf_counter() - start) / EPOCHS
    _, accuracy = model.evaluate(x_test, y_test, batch_size=500, verbose=0)
    return {
        "layer": layer,
        "units": units,
        "seed": seed,
        "parameters": model.count_params(),
        "validation": [round(value, 4) for value in history["val_accuracy"]],
        "test": round(accuracy, 4),
        "seconds_per_epoch": round(seconds, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    options = parser.parse_args()
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    found = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {"runs": []}
    done = {(run["layer"], run["units"], run["seed"]) for run in found["runs"]}
    for seed in options.seeds:
        for layer, units in runs():
            if (layer, units, seed) in done:
                continue
            found["runs"].append(train(layer, units, seed))
            found |= {
                "epochs": EPOCHS,
                "batch_size": BATCH,
                "training_images": 60_000 - VALIDATION,
                "keras": keras.__version__,
                "tensorflow": tf.__version__,
                "python": platform.python_version(),
            }
            RESULTS.write_text(json.dumps(found, indent=1) + "\n")
            print(found["runs"][-1], flush=True)


if __name__ == "__main__":
    main()
