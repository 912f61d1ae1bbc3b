"""Linear recurrences against nn.GRU and nn.LSTM: time at three lengths, accuracy on MNIST's rows.

    python -m benchmarks.modern            what is still missing (all: a few minutes on one thread)
    python -m benchmarks.modern --fresh    all of it again

Time: one forward and one backward pass of one layer, N = 16 sequences, D = 28, H = 64, float32, on
one CPU thread. Each round runs all layers one after the other; a round's times are divided by that
round's nn.GRU, and what is kept is the median of these ratios, so that a busy machine troubles all
alike. Times are CPU seconds of this process.

Accuracy: 10,000 training images, 3 epochs, batches of 100, H = 64, Adam, clipping at 1. The
learning rate of each network is the better of two on 5,000 further training images with seed 0;
then three seeds, tested on the 10,000 test images, which have had no say in any choice.

Results go to benchmarks/modern.json; lesson 13 makes its tables of them.
"""

import argparse
import json
import os
import statistics
import time
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from unrolled.data import load_mnist
from unrolled.modern import LogMinGRU, MinGRU, MinLSTM
from unrolled.training import batches, hardware, rows_as_sequence

RESULTS = Path(__file__).with_suffix(".json")
N, D, H = 16, 28, 64
LENGTHS = {28: 15, 784: 7, 4096: 5}  # rounds at each
LAYERS = {
    "nn.GRU": lambda: nn.GRU(D, H, batch_first=True),
    "nn.LSTM": lambda: nn.LSTM(D, H, batch_first=True),
    "minGRU, loop": lambda: MinGRU(D, H, "loop"),
    "minGRU, doubling": lambda: MinGRU(D, H, "doubling"),
    "minGRU, chunks": lambda: MinGRU(D, H, "chunks"),
    "minGRU, log space": lambda: LogMinGRU(D, H),
}
RATES = (3e-3, 1e-2)
SEEDS = range(3)


class Stack(nn.Module):
    """Layers one above the other, and a readout of the last step."""

    def __init__(self, *layers: nn.Module) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)
        self.readout = nn.Linear(H, 10)

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits (N, 10) of sequences (N, T, D)."""
        for layer in self.layers:
            x = layer(x)[0]
        logits: Tensor = self.readout(x[:, -1])
        return logits


NETWORKS = {
    "nn.GRU": lambda: Stack(nn.GRU(D, H, batch_first=True)),
    "nn.LSTM": lambda: Stack(nn.LSTM(D, H, batch_first=True)),
    "minGRU": lambda: Stack(MinGRU(D, H)),
    "minLSTM": lambda: Stack(MinLSTM(D, H)),
    "minGRU, two layers": lambda: Stack(MinGRU(D, H), MinGRU(H, H)),
}


def seconds(layer: nn.Module, x: Tensor) -> float:
    """Return the CPU seconds of one forward and one backward pass."""
    layer.zero_grad()
    start = time.process_time()
    layer(x)[0].sum().backward()
    return time.process_time() - start


def measure(T: int, rounds: int) -> dict[str, Any]:
    """Time all layers at one length, interleaved."""
    torch.manual_seed(0)
    x = torch.randn(N, T, D)
    layers = {name: make() for name, make in LAYERS.items()}
    times: dict[str, list[float]] = {name: [] for name in layers}
    for k in range(rounds + 1):
        for name, layer in layers.items():
            taken = seconds(layer, x)
            if k > 0:  # the first round warms up
                times[name].append(taken)
    gru = times["nn.GRU"]
    return {
        name: {
            "milliseconds": round(1e3 * statistics.median(taken), 2),
            "times_gru": round(
                statistics.median(t / g for t, g in zip(taken, gru, strict=True)), 3
            ),
        }
        for name, taken in times.items()
    }


def train(name: str, rate: float, seed: int, data: dict[str, tuple[Tensor, Tensor]]) -> Stack:
    """Train one network."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    model = NETWORKS[name]()
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    for _ in range(3):
        for x, y in batches(*data["train"], 100, generator):
            optimizer.zero_grad()
            F.cross_entropy(model(x), y).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
    return model


@torch.no_grad()
def accuracy(model: Stack, images: Tensor, labels: Tensor) -> float:
    """Return the share of right answers."""
    right = sum(int((model(x).argmax(dim=1) == y).sum()) for x, y in batches(images, labels, 1_000))
    return right / len(labels)


def main() -> None:
    """Measure what is missing and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fresh", action="store_true")
    fresh = parser.parse_args().fresh
    torch.set_num_threads(1)
    results: dict[str, Any] = {"time": {}, "accuracy": {}}
    if RESULTS.exists() and not fresh:
        results = json.loads(RESULTS.read_text())
    results |= {"hardware": hardware(), "torch": torch.__version__}
    results |= {"sizes": {"N": N, "D": D, "H": H}}

    def save() -> None:
        partial = RESULTS.with_suffix(".partial")
        partial.write_text(json.dumps(results, indent=2) + "\n")
        os.replace(partial, RESULTS)

    for T, rounds in LENGTHS.items():
        if str(T) not in results["time"]:
            results["time"][str(T)] = measure(T, rounds)
            save()
            print(T, results["time"][str(T)], flush=True)

    mnist = load_mnist()
    if mnist.source != "mnist":
        raise SystemExit("This benchmark is about the real MNIST: set UNROLLED_DATA.")
    images, labels = rows_as_sequence(mnist.train_images), torch.from_numpy(mnist.train_labels)
    data = {
        "train": (images[:10_000], labels[:10_000]),
        "valid": (images[10_000:15_000], labels[10_000:15_000]),
        "test": (rows_as_sequence(mnist.test_images), torch.from_numpy(mnist.test_labels)),
    }
    for name, make in NETWORKS.items():
        if name in results["accuracy"]:
            continue
        tried = {rate: train(name, rate, 0, data) for rate in RATES}
        rate = max(tried, key=lambda r: accuracy(tried[r], *data["valid"]))
        models = [tried[rate], *(train(name, rate, seed, data) for seed in SEEDS[1:])]
        results["accuracy"][name] = {
            "parameters": sum(p.numel() for p in make().parameters()),
            "rate": rate,
            "test": [accuracy(model, *data["test"]) for model in models],
        }
        save()
        print(name, results["accuracy"][name], flush=True)


if __name__ == "__main__":
    main()
