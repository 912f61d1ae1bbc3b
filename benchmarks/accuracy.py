"""How good does a recurrent reader of MNIST's rows get, in 5 and in 20 epochs, and what brings it?

    python -m benchmarks.accuracy             everything that is still missing
    python -m benchmarks.accuracy --search    the settings that were tried, on validation images
    python -m benchmarks.accuracy --ladder    one change after the other, three seeds each
    python -m benchmarks.accuracy --final     the chosen settings on the test images

The network is recurrent and nothing else: one row of pixels a step, no convolution, no ensemble,
no distortion of what it is asked about, and at most 214,282 parameters, as many as the article's
has. An epoch is as many images as the split has for training, each distorted anew.

Settings are chosen by the last 5,000 of the 60,000 training images; the networks that are compared
train on the other 55,000. The test images are read by one function, `test_split`, which only
`final` calls: one network a seed, tested once, after its last update.

benchmarks/accuracy.json is written after every run, so that a run that is stopped is continued
where it was.
"""

import argparse
import copy
import json
import math
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from benchmarks.muon import Muon
from unrolled.data import Mnist, load_mnist
from unrolled.training import (
    batches,
    distort,
    hardware,
    prepare_lstm,
    rows_as_sequence,
    upright,
    warmup_cosine,
)

RESULTS = Path(__file__).with_suffix(".json")
MEAN, DEVIATION = 0.1307, 0.3081  # of the training pixels, as the article has them
DECAY = 0.998  # of the moving average of the weights, per update
LIMIT = 214_282  # parameters of the article's network


@dataclass(frozen=True)
class Recipe:
    """One way to train one network. Where nothing is said it is the article's."""

    hidden_size: int = 128
    num_layers: int = 2
    bidirectional: bool = False
    epochs: int = 5
    batch_size: int = 100
    optimizer: str = "adam"
    lr: float = 1e-3
    matrix_lr: float = 0.0  # Muon's, for the matrices; `lr` is then for the rest
    schedule: bool = False  # linear warm-up over a tenth, then cosine
    upright: bool = False  # every image's slant taken out beforehand, by its own moments
    prepare: bool = False  # forget bias 1, orthogonal recurrent blocks
    max_norm: float = 0.0  # of the clipped gradient; 0 clips nothing
    affine: float = 0.0  # 1: rotation 7 degrees, scale and shear 7 %, shift 1.4 pixels
    elastic: float = 0.0  # standard deviation of a smooth displacement, in pixels
    calm: float = 0.0  # share of the updates, at the end, over which distortions fade to none
    smoothing: float = 0.0  # of the labels
    bfloat16: bool = False  # products of matrices in half precision, weights and sums in full


class RowClassifier(nn.Module):
    """Images (N, 28, 28) in [0, 1] -> logits (N, 10), one row a time step."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.bidirectional, size = recipe.bidirectional, recipe.hidden_size
        self.layers = nn.LSTM(
            28, size, recipe.num_layers, batch_first=True, bidirectional=recipe.bidirectional
        )
        self.readout = nn.Linear(2 * size if recipe.bidirectional else size, 10)
        if recipe.prepare:
            prepare_lstm(self.layers)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        output, _ = self.layers((images - MEAN) / DEVIATION)
        last = output[:, -1]
        if self.bidirectional:  # forward ends at the last row, backward at the first
            half = output.shape[2] // 2
            last = torch.cat([output[:, -1, :half], output[:, 0, half:]], dim=1)
        logits: torch.Tensor = self.readout(last)
        return logits


@dataclass(frozen=True)
class Split:
    """What a network trains on, and what it is asked about."""

    name: str
    images: torch.Tensor
    labels: torch.Tensor
    asked: torch.Tensor
    answers: torch.Tensor


def mnist() -> Mnist:
    """Return the real MNIST, or end the program."""
    data = load_mnist()
    if data.source != "mnist":
        raise SystemExit("This benchmark is about the real MNIST: set UNROLLED_DATA.")
    return data


def validation_split() -> Split:
    """Return 55,000 training images and the last 5,000, by which settings are chosen."""
    data = mnist()
    images, labels = rows_as_sequence(data.train_images), torch.from_numpy(data.train_labels)
    return Split("validation", images[:-5000], labels[:-5000], images[-5000:], labels[-5000:])


def test_split() -> Split:
    """Return all 60,000 training images and the test images. Only `final` may call this."""
    data = mnist()
    return Split(
        "test",
        rows_as_sequence(data.train_images),
        torch.from_numpy(data.train_labels),
        rows_as_sequence(data.test_images),
        torch.from_numpy(data.test_labels),
    )


def ask(model: nn.Module, split: Split) -> dict[str, float]:
    """Return accuracy and mean cross-entropy on what the split asks about, in full precision."""
    model.eval()
    right, loss = 0, 0.0
    with torch.no_grad():
        for x, y in batches(split.asked, split.answers, 1_000):
            logits = model(x)
            right += int((logits.argmax(dim=1) == y).sum())
            loss += F.cross_entropy(logits, y, reduction="sum").item()
    model.train()
    asked = len(split.answers)
    return {"accuracy": right / asked, "loss": round(loss / asked, 5)}


def optimizers(recipe: Recipe, model: RowClassifier) -> list[torch.optim.Optimizer]:
    """Return what moves the weights: Adam everything, or Muon the layers' matrices."""
    matrices = [p for p in model.layers.parameters() if p.ndim == 2]
    rest = list(model.parameters())
    if recipe.optimizer == "muon":
        rest = [p for p in rest if all(p is not matrix for matrix in matrices)]
    adam = torch.optim.Adam(rest, lr=recipe.lr, fused=True)
    if recipe.optimizer == "adam":
        return [adam]
    return [adam, Muon(matrices, recipe.matrix_lr, recipe.hidden_size)]


def train(
    recipe: Recipe,
    seed: int,
    split: Split,
    checks: int = 1,
    asked: tuple[str, ...] = ("plain", "averaged"),
) -> dict[str, Any]:
    """Train one network, ask it `checks` times an epoch (0: once, at the end), tell of it.

    Two sets of weights can be asked: those of the last update, "plain", and their moving average.
    The average costs little and does not touch the training, so a run tells what it brings. On
    the way it is the last of `asked` that is asked.
    """
    if recipe.upright:
        split = replace(split, images=upright(split.images), asked=upright(split.asked))
    torch.manual_seed(seed)  # the weights
    generator = torch.Generator().manual_seed(seed)  # order and distortions
    model = RowClassifier(recipe)
    parameters = sum(p.numel() for p in model.parameters())
    if parameters > LIMIT:
        raise ValueError(f"{parameters:,} parameters, {LIMIT:,} are allowed")
    average = copy.deepcopy(model)
    models = {"plain": model, "averaged": average}
    steppers = optimizers(recipe, model)
    each_epoch = math.ceil(len(split.images) / recipe.batch_size)
    updates = recipe.epochs * each_epoch
    schedules = [warmup_cosine(o, updates) for o in steppers] if recipe.schedule else []
    curve, asking, update, recent = [], 0.0, 0, torch.tensor(2.3)
    started, clock, cpu = datetime.now(UTC), time.perf_counter(), time.process_time()
    for _ in range(recipe.epochs):
        for x, y in batches(split.images, split.labels, recipe.batch_size, generator):
            fade = 1.0
            if recipe.calm:
                fade = min(1.0, (1 - update / updates) / recipe.calm)
            x = distort(x, generator, fade * recipe.affine, fade * recipe.elastic)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.bfloat16):
                logits = model(x)
            loss = F.cross_entropy(logits.float(), y, label_smoothing=recipe.smoothing)
            for stepper in steppers:
                stepper.zero_grad()
            loss.backward()
            if recipe.max_norm:
                nn.utils.clip_grad_norm_(model.parameters(), recipe.max_norm)
            for stepper in steppers:
                stepper.step()
            for schedule in schedules:
                schedule.step()
            recent.lerp_(loss.detach(), 0.01)
            update += 1
            keep = min(DECAY, update / (update + 10))  # the first weights are soon forgotten
            with torch.no_grad():
                torch._foreach_lerp_([*average.parameters()], [*model.parameters()], 1 - keep)
            if checks and update * checks % each_epoch < checks:
                before = time.process_time()
                answers = ask(models[asked[-1]], split)
                asking += time.process_time() - before
                curve.append(
                    {
                        "epoch": round(update / each_epoch, 2),
                        "cpu_seconds": round(time.process_time() - cpu - asking, 1),
                        **answers,
                    }
                )
    cpu_seconds = time.process_time() - cpu - asking
    return {
        "recipe": told(recipe),
        "seed": seed,
        "split": split.name,
        **{weights: ask(models[weights], split) for weights in asked},
        "training_loss": round(recent.item(), 5),  # of about the last hundred updates
        "parameters": parameters,
        "cpu_seconds": round(cpu_seconds, 1),
        "seconds": round(time.perf_counter() - clock, 1),
        "started": started.isoformat(timespec="seconds"),
        "curve": curve,
    }


def told(recipe: Recipe) -> dict[str, Any]:
    """Return what a recipe sets differently from the article: the key of a run."""
    article = Recipe()
    return {
        field.name: getattr(recipe, field.name)
        for field in fields(recipe)
        if getattr(recipe, field.name) != getattr(article, field.name)
    }


# --- What was tried ---------------------------------------------------------------------------

ARTICLE = Recipe(bfloat16=True)
SCHEDULE = replace(ARTICLE, lr=3e-3, schedule=True)
START = replace(SCHEDULE, prepare=True, max_norm=1.0)
AFFINE = replace(START, affine=1.0)
BATCHES = replace(AFFINE, batch_size=50, lr=2e-3)
ELASTIC = replace(BATCHES, elastic=0.5)
SMOOTHING = replace(ELASTIC, smoothing=0.05)
LONG = replace(SMOOTHING, affine=2.0, elastic=0.8, epochs=20)

FAST = replace(ELASTIC, lr=3e-3)
TWO_WAYS = replace(ELASTIC, bidirectional=True, hidden_size=77)
WILD = replace(TWO_WAYS, lr=3e-3, affine=2.0, elastic=0.7)
SEARCH = {
    "wild, two ways, Muon": replace(WILD, batch_size=100, optimizer="muon", matrix_lr=0.02),
    "wild, two ways": WILD,
    "upright": replace(FAST, upright=True),
    "rate 0.003": FAST,
    "rate 0.006": replace(FAST, lr=6e-3),
    "Muon": replace(FAST, optimizer="muon", matrix_lr=0.01),
    "rate 0.002": ELASTIC,
    "calm end": replace(ELASTIC, calm=0.4),
    "rate 0.0013": replace(ELASTIC, lr=1.3e-3),
    "stronger distortions": replace(ELASTIC, affine=1.5, elastic=0.8),
    "smoothing 0.05": SMOOTHING,
    "smoothing 0.1, stronger distortions, calm end": replace(
        ELASTIC, smoothing=0.1, affine=1.5, elastic=0.8, calm=0.5
    ),
    "smoothing 0.1, two ways": replace(TWO_WAYS, smoothing=0.1),
    "20 epochs, distortions twice as strong": LONG,
}


# --- What is told -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Rung:
    """One step of the ladder: what is new, the whole recipe, and which weights answer."""

    name: str
    recipe: Recipe
    weights: str = "plain"


LADDER = [
    Rung("the article's recipe", ARTICLE),
    Rung("warm-up and cosine", SCHEDULE),
    Rung("forget bias, orthogonal, clipping", START),
    Rung("small affine distortions", AFFINE),
    Rung("batches of 50, rate 0.002", BATCHES),
    Rung("elastic distortions", ELASTIC),
    Rung("label smoothing", SMOOTHING),
]

# Fixed at FIXED, by the runs on validation images alone, before the first test image was read.
FIXED = "2026-11-30T06:44:40+00:00"
FINAL = {
    "final_5": Rung("5 epochs", SMOOTHING, "averaged"),
    "final_20": Rung("20 epochs", LONG, "averaged"),
}
SEEDS = (0, 1, 2)
MARKS = (0.9774, 0.99, 0.994)  # the article's claim, and two that are harder


def found(results: dict[str, Any], recipe: Recipe, seed: int, split: str) -> dict[str, Any] | None:
    """Return the run of this recipe and seed, if it is there."""
    for run in results["runs"]:
        if (run["recipe"], run["seed"], run["split"]) == (told(recipe), seed, split):
            return dict(run)
    return None


def row(
    results: dict[str, Any], rung: Rung, split: str, seeds: tuple[int, ...] = SEEDS
) -> dict[str, Any] | None:
    """Return what these seeds of a rung reached; None before the first of them."""
    found_runs = [found(results, rung.recipe, seed, split) for seed in seeds]
    runs = [run for run in found_runs if run is not None]
    if not runs:
        return None
    scores = [run[rung.weights]["accuracy"] for run in runs]
    return {
        "name": rung.name,
        "recipe": told(rung.recipe),
        "weights": rung.weights,
        "split": split,
        "mean": round(statistics.mean(scores), 5),
        "deviation": round(statistics.stdev(scores), 5) if len(scores) > 1 else None,
        "runs": scores,
        "averaged": [run["averaged"]["accuracy"] for run in runs],  # the moving average's
        "seeds": [run["seed"] for run in runs],
        "loss": round(statistics.mean(run[rung.weights]["loss"] for run in runs), 5),
        "parameters": runs[0]["parameters"],
        "cpu_seconds": round(statistics.mean(run["cpu_seconds"] for run in runs), 1),
    }


def reached(results: dict[str, Any], rung: Rung) -> dict[str, Any]:
    """Return the CPU seconds after which each seed's validation accuracy was first at each mark.

    Only runs that were asked every quarter of an epoch count.
    """
    runs = [found(results, rung.recipe, seed, "validation") for seed in SEEDS]
    fine = [run for run in runs if run is not None and run["curve"][0]["epoch"] < 0.3]
    return {
        "recipe": told(rung.recipe),
        "seeds": [run["seed"] for run in fine],
        **{
            f"{mark:.2%}": [
                next((c["cpu_seconds"] for c in run["curve"] if c["accuracy"] >= mark), None)
                for run in fine
            ]
            for mark in MARKS
        },
    }


def summary(results: dict[str, Any]) -> dict[str, Any]:
    """Return what others quote, made from the runs."""
    tried = [Rung(name, recipe, "averaged") for name, recipe in SEARCH.items()]
    ladder = [row(results, rung, "validation") for rung in LADDER]
    search = [row(results, rung, "validation", seeds=(0,)) for rung in tried]
    return {
        **{name: row(results, rung, "test") for name, rung in FINAL.items()},
        "ladder": [rung for rung in ladder if rung],
        "time_to": {
            "article": reached(results, LADDER[0]),
            "ours": reached(results, FINAL["final_5"]),
        },
        "search": [rung for rung in search if rung],
    }


# --- The command ------------------------------------------------------------------------------


def read() -> dict[str, Any]:
    """Return what has been measured."""
    if RESULTS.exists():
        results: dict[str, Any] = json.loads(RESULTS.read_text("utf-8"))
        return results
    return {"runs": []}


def write(results: dict[str, Any]) -> None:
    """Write it, the summary first, completely or not at all."""
    results = summary(results) | {
        "hardware": hardware(),
        "torch": torch.__version__,
        "runs": results["runs"],
    }
    partial = RESULTS.with_suffix(".partial")
    partial.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    os.replace(partial, RESULTS)


class Enough(Exception):
    """As many runs were made as were asked for."""


class Runner:
    """Makes the runs that are missing and writes each down at once."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.split: Split | None = None

    def run(
        self,
        recipe: Recipe,
        seed: int,
        name: str,
        load: Callable[[], Split],
        checks: int = 1,
        asked: tuple[str, ...] = ("plain", "averaged"),
    ) -> None:
        """Train, ask and write down, unless it is there."""
        if found(read(), recipe, seed, name):
            return
        if self.left == 0:
            raise Enough
        self.left -= 1
        if self.split is None or self.split.name != name:
            self.split = load()
        run = train(recipe, seed, self.split, checks, asked)
        results = read()
        results["runs"].append(run)
        write(results)
        print(json.dumps({key: value for key, value in run.items() if key != "curve"}), flush=True)

    def search(self) -> None:
        """One seed, validation images."""
        for recipe in SEARCH.values():
            self.run(recipe, 0, "validation", validation_split)

    def ladder(self) -> None:
        """Three seeds of every rung, validation images; the ends are asked often, for the time."""
        for rung in (LADDER[0], FINAL["final_5"]):
            asked = ("averaged", "plain") if rung.weights == "plain" else ("plain", "averaged")
            for seed in SEEDS:
                self.run(rung.recipe, seed, "validation", validation_split, 4, asked)
        for seed in SEEDS:
            for rung in LADDER:
                self.run(rung.recipe, seed, "validation", validation_split)

    def final(self) -> None:
        """Three seeds of the chosen settings, each asked once about the test images."""
        for rung in FINAL.values():
            for seed in SEEDS:
                self.run(rung.recipe, seed, "test", test_split, 0, (rung.weights,))


def main() -> None:
    """Run what is missing and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parts = ("search", "ladder", "final")
    for part in parts:
        parser.add_argument(f"--{part}", action="store_true", help="only this part")
    parser.add_argument("--runs", type=int, default=-1, help="at most so many runs")
    options = parser.parse_args()
    torch.set_num_threads(1)
    runner = Runner(options.runs)
    chosen = [part for part in parts if getattr(options, part)] or parts
    try:
        for part in chosen:
            getattr(runner, part)()
    except Enough:
        pass
    write(read())


if __name__ == "__main__":
    main()
