"""The row classifiers of lessons 09 and 12 on the full MNIST: accuracy, parameters, time, by seed.

    python -m benchmarks.mnist_classifiers               everything that is still missing
    python -m benchmarks.mnist_classifiers --only NAME   one recipe (see RECIPES)

Three questions, each with three seeds. Nothing is chosen on the test set: every recipe is fixed
here, trains on all 60,000 training images and is tested once, after its last epoch.

- rnn, lstm, gru: what does the cell change, if nothing else changes?
- article: what does the two-layer LSTM of a widely read article reach with the article's recipe?
- better: and the same network, in the same number of epochs, with better training alone?

benchmarks/mnist_classifiers.json is written after every run, so that a run that is stopped is
continued where it was; `--again` throws a recipe's results away first.
"""

import argparse
import json
import math
import os
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from unrolled.data import load_mnist
from unrolled.training import (
    batches,
    hardware,
    prepare_lstm,
    random_affine,
    rows_as_sequence,
    warmup_cosine,
)

RESULTS = Path(__file__).with_suffix(".json")
MEAN, DEVIATION = 0.1307, 0.3081  # of the training pixels, as the article has them


@dataclass(frozen=True)
class Recipe:
    """One way to train one network."""

    cell: str
    hidden_size: int
    num_layers: int
    epochs: int = 5
    batch_size: int = 100
    lr: float = 1e-3
    max_norm: float | None = None
    prepare: bool = False  # forget bias 1, orthogonal recurrent blocks
    schedule: bool = False  # linear warm-up over a tenth, then cosine
    affine: bool = False  # small random rotations, scales, shears, shifts


RECIPES = {
    "article": Recipe("lstm", 128, 2),
    "better": Recipe(
        "lstm", 128, 2, batch_size=50, lr=3e-3, max_norm=1.0,
        prepare=True, schedule=True, affine=True,
    ),
    "rnn": Recipe("rnn", 64, 1, lr=2e-3, max_norm=1.0),
    "lstm": Recipe("lstm", 64, 1, lr=2e-3, max_norm=1.0),
    "gru": Recipe("gru", 64, 1, lr=2e-3, max_norm=1.0),
}  # fmt: skip
ORDER = (
    [("article", 0), ("better", 0), ("better", 1), ("better", 2), ("article", 1), ("article", 2)]
    + [(name, seed) for seed in range(3) for name in ("rnn", "lstm", "gru")]
)  # fmt: skip


class RowClassifier(nn.Module):
    """Images (N, 28, 28) in [0, 1] -> logits (N, 10), one row a time step."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        layer = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[recipe.cell]
        self.layers = layer(28, recipe.hidden_size, recipe.num_layers, batch_first=True)
        self.readout = nn.Linear(recipe.hidden_size, 10)
        if recipe.prepare:
            prepare_lstm(self.layers)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        output, _ = self.layers((images - MEAN) / DEVIATION)
        logits: torch.Tensor = self.readout(output[:, -1])
        return logits


def train(recipe: Recipe, seed: int, data: dict[str, torch.Tensor]) -> dict[str, float]:
    """Train and test one network, and return what is to be told of it."""
    torch.manual_seed(seed)  # the weights
    generator = torch.Generator().manual_seed(seed)  # order and distortions
    model = RowClassifier(recipe)
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.lr)
    images, labels = data["train_images"], data["train_labels"]
    updates = recipe.epochs * math.ceil(len(images) / recipe.batch_size)
    schedule = warmup_cosine(optimizer, updates) if recipe.schedule else None
    loss = torch.zeros(())
    start, cpu = time.perf_counter(), time.process_time()
    for _ in range(recipe.epochs):
        for x, y in batches(images, labels, recipe.batch_size, generator):
            loss = F.cross_entropy(model(random_affine(x, generator) if recipe.affine else x), y)
            optimizer.zero_grad()
            loss.backward()
            if recipe.max_norm is not None:
                nn.utils.clip_grad_norm_(model.parameters(), recipe.max_norm)
            optimizer.step()
            if schedule is not None:
                schedule.step()
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
    model.eval()
    with torch.no_grad():
        pairs = batches(data["test_images"], data["test_labels"], 1_000)
        right = sum(int((model(x).argmax(dim=1) == y).sum()) for x, y in pairs)
    return {
        "seed": seed,
        "test_accuracy": right / len(data["test_labels"]),
        "parameters": sum(p.numel() for p in model.parameters()),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu_seconds, 1),
        "last_loss": round(loss.item(), 4),
    }


def main() -> None:
    """Run what is missing and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=RECIPES)
    parser.add_argument("--again", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    mnist = load_mnist()
    if mnist.source != "mnist":
        raise SystemExit("This benchmark is about the real MNIST: set UNROLLED_DATA.")
    data = {
        "train_images": rows_as_sequence(mnist.train_images),
        "train_labels": torch.from_numpy(mnist.train_labels),
        "test_images": rows_as_sequence(mnist.test_images),
        "test_labels": torch.from_numpy(mnist.test_labels),
    }
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {"recipes": {}}
    results |= {"hardware": hardware(), "torch": torch.__version__}
    for name, seed in ORDER:
        if options.only not in (None, name):
            continue
        entry = results["recipes"].setdefault(name, {"recipe": asdict(RECIPES[name]), "runs": []})
        if entry["recipe"] != asdict(RECIPES[name]) or (options.again and seed == 0):
            entry = {"recipe": asdict(RECIPES[name]), "runs": []}
            results["recipes"][name] = entry
        if any(run["seed"] == seed for run in entry["runs"]):
            continue
        entry["runs"].append(train(RECIPES[name], seed, data))
        entry["runs"].sort(key=lambda run: run["seed"])
        scores = [run["test_accuracy"] for run in entry["runs"]]
        entry["mean"] = round(statistics.mean(scores), 5)
        entry["spread"] = [min(scores), max(scores)]
        partial = RESULTS.with_suffix(".partial")
        partial.write_text(json.dumps(results, indent=2) + "\n")
        os.replace(partial, RESULTS)
        print(name, entry["runs"], flush=True)


if __name__ == "__main__":
    main()
