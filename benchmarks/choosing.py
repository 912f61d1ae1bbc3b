"""Six networks on six small tasks, each of which asks for something else.

    python -m benchmarks.choosing            the runs that are missing (all: about 10 minutes)
    python -m benchmarks.choosing --fresh    all runs again

Every network has H = 64, PyTorch's initialisation except for two things (the RNN's recurrent
weights are orthogonal; every gate that keeps begins with bias 1, in "LSTM b3" with 3), Adam,
clipping at 1, and the same number of updates. The learning rate of each network on each task is the
better of two with seed 0, by the mean training loss of the last 50 updates; then three seeds. CPU
seconds of one thread.

Results go to benchmarks/choosing.json; lesson 15 makes its tables of them.
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from unrolled.data import load_mnist
from unrolled.modern import MinGRU
from unrolled.training import hardware, rows_as_sequence

RESULTS = Path(__file__).with_suffix(".json")
H = 64
RATES = (2e-3, 1e-2)
SEEDS = range(3)
CELLS = ("RNN", "LSTM", "GRU", "minGRU", "minGRU x2", "LSTM b3")
Batch = tuple[Tensor, Tensor]  # x (N, T, D); what is asked for


def layers(cell: str, D: int) -> list[nn.Module]:
    """Make the recurrent layers, with the keeping gates half open to the past."""
    if cell.startswith("minGRU"):
        stack = [MinGRU(D, H), MinGRU(H, H)][: 2 if cell.endswith("x2") else 1]
        for min_gru in stack:
            min_gru.affine.bias.data[:H] += 1.0  # blocks z, n
        return [*stack]
    layer = {"RNN": nn.RNN, "LSTM": nn.LSTM, "GRU": nn.GRU}[cell.split()[0]](D, H, batch_first=True)
    if cell == "RNN":
        nn.init.orthogonal_(layer.weight_hh_l0)
    else:
        layer.bias_ih_l0.data[H : 2 * H] += (
            3.0 if cell == "LSTM b3" else 1.0
        )  # LSTM: f of i, f, g, o; GRU: z of r, z, n
    return [layer]


class Network(nn.Module):
    """Recurrent layers, and an affine readout at every step."""

    def __init__(self, cell: str, D: int, C: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers(cell, D))
        self.readout = nn.Linear(H, C)

    def forward(self, x: Tensor) -> Tensor:
        """Return (N, T, C)."""
        for layer in self.layers:
            x = layer(x)[0]
        scores: Tensor = self.readout(x)
        return scores


@dataclass(frozen=True)
class Task:
    """What is learned: where batches come from, what is lost, and how the end is scored."""

    D: int
    C: int
    updates: int
    draw: Callable[[torch.Generator], Batch]  # a batch to train on
    test: Callable[[], list[Batch]]  # the same every time
    loss: Callable[[Tensor, Tensor], Tensor]
    score: Callable[[Tensor, Tensor], float]
    better: str  # "higher" or "lower"
    chance: float  # what one gets without learning


def last_loss(scores: Tensor, y: Tensor) -> Tensor:
    """Cross-entropy at the last step."""
    return F.cross_entropy(scores[:, -1], y)


def last_right(scores: Tensor, y: Tensor) -> float:
    """Share of right answers at the last step."""
    return float((scores[:, -1].argmax(dim=-1) == y).float().mean())


def digits(as_sequence: Callable[[Tensor], Tensor], D: int, updates: int) -> Task:
    """Name the digit after the last step."""
    mnist = load_mnist()
    if mnist.source != "mnist":
        raise SystemExit("This benchmark is about the real MNIST: set UNROLLED_DATA.")
    images, labels = rows_as_sequence(mnist.train_images), torch.from_numpy(mnist.train_labels)
    tests, answers = rows_as_sequence(mnist.test_images), torch.from_numpy(mnist.test_labels)
    x, held_out = as_sequence(images[:20_000]), as_sequence(tests[:5_000])

    def draw(generator: torch.Generator) -> Batch:
        chosen = torch.randint(len(x), (100,), generator=generator)
        return x[chosen], labels[chosen]

    return Task(
        D, 10, updates, draw,
        lambda: list(zip(held_out.split(500), answers[:5_000].split(500), strict=True)),
        last_loss, last_right, "higher", 0.1,
    )  # fmt: skip


def rows() -> Task:
    """28 rows of 28 pixels."""
    return digits(lambda images: images, 28, 300)


def scattered_pixels() -> Task:
    """14 x 14 pixels in one random order, four a step: 49 steps, and no neighbour is near."""
    order = torch.randperm(196, generator=torch.Generator().manual_seed(0))

    def as_sequence(images: Tensor) -> Tensor:
        small = F.avg_pool2d(images[:, None], 2).flatten(1)
        return small[:, order].unflatten(1, (49, 4)).contiguous()

    return digits(as_sequence, 4, 400)


def adding(T: int = 60) -> Task:
    """Two of T numbers are marked, one in each half: what is their sum?"""

    def draw(generator: torch.Generator, size: int = 50) -> Batch:
        numbers = torch.rand(size, T, generator=generator)
        marks = torch.zeros(size, T)
        for start in (0, T // 2):
            place = start + torch.randint(T // 2, (size, 1), generator=generator)
            marks.scatter_(1, place, 1.0)
        return torch.stack([numbers, marks], dim=2), (numbers * marks).sum(dim=1)

    def loss(scores: Tensor, y: Tensor) -> Tensor:
        return F.mse_loss(scores[:, -1, 0], y)

    return Task(
        2, 1, 600, draw, lambda: [draw(torch.Generator().manual_seed(99), 1000)],
        loss, lambda scores, y: float(loss(scores, y)), "lower", 1 / 6,
    )  # fmt: skip


def copying(symbols: int = 5, pause: int = 20) -> Task:
    """Read 5 of 8 symbols, wait 20 steps, and say them in order once the mark comes."""
    T = 2 * symbols + pause

    def draw(generator: torch.Generator, size: int = 50) -> Batch:
        y = torch.randint(8, (size, symbols), generator=generator)
        codes = torch.full((size, T), 8)  # 8: nothing
        codes[:, :symbols] = y
        codes[:, symbols + pause] = 9  # 9: now
        return F.one_hot(codes, 10).float(), y

    def loss(scores: Tensor, y: Tensor) -> Tensor:
        return F.cross_entropy(scores[:, -symbols:].flatten(0, 1), y.flatten())

    return Task(
        10, 8, 600, draw, lambda: [draw(torch.Generator().manual_seed(99), 1000)],
        loss, lambda scores, y: float((scores[:, -symbols:].argmax(-1) == y).float().mean()),
        "higher", 1 / 8,
    )  # fmt: skip


def parity(T: int = 24) -> Task:
    """Of bits that come one a step: is the number of ones so far odd?"""

    def draw(generator: torch.Generator, size: int = 50) -> Batch:
        bits = torch.randint(2, (size, T), generator=generator)
        return bits[:, :, None].float(), bits.cumsum(dim=1) % 2

    def loss(scores: Tensor, y: Tensor) -> Tensor:
        return F.cross_entropy(scores.flatten(0, 1), y.flatten())

    def score(scores: Tensor, y: Tensor) -> float:  # the second half, where guessing is no help
        return float((scores.argmax(-1) == y)[:, T // 2 :].float().mean())

    return Task(
        1, 2, 800, draw, lambda: [draw(torch.Generator().manual_seed(99), 1000)],
        loss, score, "higher", 0.5,
    )  # fmt: skip


def mackey_glass(length: int, seed: int) -> Tensor:
    """A chaotic series: dx/dt = 0.2 x(t - 17) / (1 + x(t - 17)^10) - 0.1 x, one value a unit."""
    step, delay = 0.1, 170
    x = list(np.random.default_rng(seed).uniform(0.9, 1.3, delay + 1))
    for _ in range(10 * (length + 100)):
        x.append(x[-1] + step * (0.2 * x[-1 - delay] / (1 + x[-1 - delay] ** 10) - 0.1 * x[-1]))
    series = np.array(x[-10 * length :: 10])
    return torch.tensor((series - series.mean()) / series.std(), dtype=torch.float32)


def forecast(T: int = 80, ahead: int = 10) -> Task:
    """What will the series be in 10 steps? Asked at every step of the second half."""
    train, test = mackey_glass(3000, 0), mackey_glass(3000, 1)

    def windows(series: Tensor, starts: Tensor) -> Batch:
        place = starts[:, None] + torch.arange(T)
        return series[place][:, :, None], series[place + ahead]

    def draw(generator: torch.Generator) -> Batch:
        return windows(train, torch.randint(len(train) - T - ahead, (50,), generator=generator))

    def loss(scores: Tensor, y: Tensor) -> Tensor:
        return F.mse_loss(scores[:, T // 2 :, 0], y[:, T // 2 :])

    x, y = windows(test, torch.arange(0, len(test) - T - ahead, 7))
    naive = float(F.mse_loss(x[:, T // 2 :, 0], y[:, T // 2 :]))  # it stays as it is now
    return Task(
        1, 1, 400, draw, lambda: [(x, y)], loss,
        lambda scores, y: float(loss(scores, y)) / naive, "lower", 1.0,
    )  # fmt: skip


TASKS: dict[str, Callable[[], Task]] = {
    "rows": rows,
    "scattered pixels": scattered_pixels,
    "adding": adding,
    "copying": copying,
    "parity": parity,
    "forecast": forecast,
}


def run(task: Task, cell: str, rate: float, seed: int) -> dict[str, float]:
    """Train and test once."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    model = Network(cell, task.D, task.C)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    start = time.process_time()
    for _ in range(task.updates):
        x, y = task.draw(generator)
        loss = task.loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
    taken = time.process_time() - start
    with torch.no_grad():
        scores = [task.score(model(x), y) for x, y in task.test()]
    return {
        "seed": seed,
        "rate": rate,
        "score": round(float(np.mean(scores)), 4),
        "loss": round(float(np.mean(losses[-50:])), 4),
        "seconds": round(taken, 2),
        "parameters": sum(p.numel() for p in model.parameters()),
    }


def main() -> None:
    """Run what is missing and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fresh", action="store_true")
    fresh = parser.parse_args().fresh
    torch.set_num_threads(1)
    results: dict[str, Any] = {"tasks": {}}
    if RESULTS.exists() and not fresh:
        results = json.loads(RESULTS.read_text())
    results |= {"hardware": hardware(), "torch": torch.__version__, "H": H}
    made = {name: make() for name, make in TASKS.items()}
    for seed in SEEDS:
        for name, task in made.items():
            entry = results["tasks"].setdefault(
                name, {"better": task.better, "chance": round(task.chance, 4), "runs": {}}
            )
            for cell in CELLS:
                runs = entry["runs"].setdefault(cell, [])
                if len(runs) > seed:
                    continue
                if seed == 0:
                    tried = [run(task, cell, rate, seed) for rate in RATES]
                    runs.append(min(tried, key=lambda r: r["loss"]))
                else:
                    runs.append(run(task, cell, runs[0]["rate"], seed))
                partial = RESULTS.with_suffix(".partial")
                partial.write_text(json.dumps(results, indent=2) + "\n")
                os.replace(partial, RESULTS)
                print(name, cell, runs[-1], flush=True)


if __name__ == "__main__":
    main()
