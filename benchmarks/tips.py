"""Every tip for training recurrent networks that the source articles list, tried and measured.

    python -m benchmarks.tips              the rows that are still missing (all: about 20 minutes)
    python -m benchmarks.tips --fresh      all rows again

One task: read MNIST row by row, 10,000 training images, 3 epochs, batches of 100, and name the
digit after the last row. Two networks to start from, a tanh RNN and an LSTM with H = 64, Adam,
PyTorch's initialisation. A tip changes one thing. Every row gets its own learning rate, the best
of a ladder (each rung about three times the last) by accuracy on 5,000 further training images;
then it runs with 3 seeds (the RNN, which scatters most, with 5), and what counts is the accuracy on
the 10,000 test images, which have had no say in any choice. A seed fixes the order of the batches
and the initial weights.

Results go to benchmarks/tips.json; lesson 07 makes its table of them.
"""

import argparse
import json
import math
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from unrolled.data import load_mnist
from unrolled.training import batches, hardware, rows_as_sequence

RESULTS = Path(__file__).with_suffix(".json")
SEEDS = {"rnn": range(5), "lstm": range(3), "gru": range(3)}
LADDER = (1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0, 3.0, 10.0)
H, CLASSES = 64, 10


@dataclass(frozen=True)
class Recipe:
    """One row of the table: what is trained, and how."""

    cell: str  # "rnn", "lstm" or "gru"
    hidden: int = H
    layers: int = 1
    loss: str = "cross-entropy"
    optimizer: str = "adam"
    rung: float = 3e-3  # where on the ladder the search for the learning rate begins
    clip: float = math.inf
    orthogonal: bool = False
    forget_bias: float = 0.0
    residual: bool = False
    dropout: float = 0.0  # what each layer above the first, and the readout, receives
    per_sequence: bool = False  # one mask for all steps
    norm: str = ""  # "layer", "batch" (one for all steps) or "batch-per-step"
    schedule: str = ""  # "warm-up" or "cosine"
    weight_decay: float = 0.0
    auxiliary: str = ""  # "next-row" or "every-step"
    epochs: int = 3


def tips(cell: str) -> dict[str, Recipe]:
    """Return the rows of one network, by name; "base" is what the others are compared with."""
    base = Recipe(cell)
    two = replace(base, layers=2)
    rows = {
        "base": base,
        "mse": replace(base, loss="mse"),
        "sgd": replace(base, optimizer="sgd", rung=0.3),
        "momentum": replace(base, optimizer="momentum", rung=0.1),
        "rmsprop": replace(base, optimizer="rmsprop"),
        "clip": replace(base, clip=1.0),
        "orthogonal": replace(base, orthogonal=True),
        "warm-up": replace(base, schedule="warm-up"),
        "cosine": replace(base, schedule="cosine"),
        "layer-norm": replace(base, norm="layer"),
        "batch-norm": replace(base, norm="batch"),
        "next-row": replace(base, auxiliary="next-row"),
        "two-layers": two,
        "residual": replace(two, residual=True),
        "dropout": replace(two, dropout=0.2),
        "dropout-per-sequence": replace(two, dropout=0.2, per_sequence=True),
    }
    if cell == "lstm":
        return {**rows, "forget-bias": replace(base, forget_bias=1.0)}
    return {  # the quick RNN tries a few more
        **rows,
        "weight-decay": replace(base, weight_decay=0.1),
        "batch-norm-per-step": replace(base, norm="batch-per-step"),
        "every-step": replace(base, auxiliary="every-step"),
        "twice-as-long": replace(base, epochs=6),
    }


ROWS = {
    **{f"rnn/{name}": recipe for name, recipe in tips("rnn").items()},
    **{f"lstm/{name}": recipe for name, recipe in tips("lstm").items()},
    "gru/base": Recipe("gru"),
    "rnn/wide": Recipe("rnn", hidden=141),  # as many parameters as the LSTM
}


# ---------------------------------------------------------------- the network


class NormedLayer(nn.Module):
    """An RNN or LSTM layer, step by step, that normalises what its gates receive."""

    def __init__(self, cell: str, input_size: int, hidden: int, norm: str, steps: int) -> None:
        super().__init__()
        self.plain = {"rnn": nn.RNN, "lstm": nn.LSTM}[cell](input_size, hidden)  # its weights
        G = {"rnn": 1, "lstm": 4}[cell]
        make = nn.LayerNorm if norm == "layer" else nn.BatchNorm1d  # each gate by itself
        count = steps if norm == "batch-per-step" else 1
        self.norms = nn.ModuleList(
            nn.ModuleList(make(hidden) for _ in range(G)) for _ in range(count)
        )

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        W_x, W_h, b_x, b_h = (getattr(self.plain, name) for name in self.plain._flat_weights_names)
        h = c = x.new_zeros(len(x), W_h.shape[1])
        from_input, hs = F.linear(x, W_x, b_x + b_h), []
        for t in range(x.shape[1]):
            gates = (from_input[:, t] + h @ W_h.T).chunk(len(self.norms[0]), dim=1)
            norms = self.norms[min(t, len(self.norms) - 1)]
            z = [norm(gate) for norm, gate in zip(norms, gates, strict=True)]
            if len(z) == 1:
                h = torch.tanh(z[0])
            else:
                c = torch.sigmoid(z[1]) * c + torch.sigmoid(z[0]) * torch.tanh(z[2])
                h = torch.sigmoid(z[3]) * torch.tanh(c)
            hs.append(h)
        return torch.stack(hs, dim=1), None


class Reader(nn.Module):
    """Layers of a recurrent network, and a readout of the hidden state."""

    def __init__(self, recipe: Recipe, steps: int = 28, input_size: int = 28) -> None:
        super().__init__()
        self.recipe, hidden = recipe, recipe.hidden
        kinds = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
        self.layers = nn.ModuleList()
        for size in [input_size] + [hidden] * (recipe.layers - 1):
            layer: Any
            if recipe.norm:
                layer = NormedLayer(recipe.cell, size, hidden, recipe.norm, steps)
            else:
                layer = kinds[recipe.cell](size, hidden, batch_first=True)
                if recipe.orthogonal:
                    for block in layer.weight_hh_l0.chunk(len(layer.weight_hh_l0) // hidden):
                        nn.init.orthogonal_(block)
                if recipe.forget_bias:
                    with torch.no_grad():
                        layer.bias_ih_l0[hidden : 2 * hidden] += recipe.forget_bias
            self.layers.append(layer)
        self.readout = nn.Linear(hidden, CLASSES)
        self.next_row = nn.Linear(hidden, input_size) if recipe.auxiliary == "next-row" else None

    def drop(self, x: Tensor) -> Tensor:
        """Set some of x (N, T, H) to zero while training."""
        rate = self.recipe.dropout
        if not (rate and self.training):
            return x
        shape = (len(x), 1, x.shape[2]) if self.recipe.per_sequence else x.shape
        return x * (torch.rand(shape) >= rate) / (1 - rate)

    def forward(self, x: Tensor) -> Tensor:
        """Return the top layer's hidden states, (N, T, H)."""
        for k, layer in enumerate(self.layers):
            out = layer(self.drop(x) if k > 0 else x)[0]
            x = out + x if self.recipe.residual and k > 0 else out
        return self.drop(x)

    def loss(self, x: Tensor, y: Tensor) -> Tensor:
        """Return the loss of a batch, with the auxiliary one."""
        hs = self(x)
        scores = self.readout(hs[:, -1])
        if self.recipe.loss == "mse":
            total = F.mse_loss(scores.softmax(dim=1), F.one_hot(y, CLASSES).float())
        else:
            total = F.cross_entropy(scores, y)
        if self.next_row is not None:  # what comes next, from what has been seen
            total = total + F.mse_loss(self.next_row(hs[:, :-1]), x[:, 1:])
        if self.recipe.auxiliary == "every-step":  # the digit, at every row
            every = self.readout(hs[:, :-1])
            total = total + 0.3 * F.cross_entropy(every.flatten(0, 1), y.repeat_interleave(27))
        return total


# ---------------------------------------------------------------- one run


@dataclass(frozen=True)
class Data:
    """Images as sequences, (N, 28, 28), with labels: to train, to choose, to report."""

    train: tuple[Tensor, Tensor]
    valid: tuple[Tensor, Tensor]
    test: tuple[Tensor, Tensor]


def load() -> Data:
    mnist = load_mnist()
    if mnist.source != "mnist":
        raise SystemExit("This benchmark needs the real MNIST: set UNROLLED_DATA to its folder.")
    x, y = rows_as_sequence(mnist.train_images), torch.from_numpy(mnist.train_labels)
    test = rows_as_sequence(mnist.test_images), torch.from_numpy(mnist.test_labels)
    return Data((x[:10_000], y[:10_000]), (x[55_000:], y[55_000:]), test)


@torch.no_grad()
def accuracy(model: Reader, x: Tensor, y: Tensor) -> float:
    model.eval()
    right = [(model.readout(model(a)[:, -1]).argmax(1) == b).sum() for a, b in batches(x, y, 1000)]
    model.train()
    return sum(int(n) for n in right) / len(y)


def rate(recipe: Recipe, lr: float, done: float) -> float:
    """Return the learning rate after a fraction `done` of all updates."""
    if recipe.schedule == "warm-up":
        return lr * min(1.0, done / 0.2)
    if recipe.schedule == "cosine":
        return lr * (1 + math.cos(math.pi * done)) / 2
    return lr


def train(recipe: Recipe, lr: float, seed: int, data: Data) -> tuple[Reader, list[float]]:
    """Train one network; return it with the loss of every update."""
    torch.manual_seed(seed)
    model = Reader(recipe)
    parameters = list(model.parameters())
    decay = recipe.weight_decay
    optimizer: torch.optim.Optimizer
    if recipe.optimizer == "adam":
        optimizer = torch.optim.AdamW(parameters, lr, weight_decay=decay)  # 0: it is Adam
    elif recipe.optimizer == "rmsprop":
        optimizer = torch.optim.RMSprop(parameters, lr, alpha=0.9)
    else:
        momentum = 0.9 if recipe.optimizer == "momentum" else 0.0
        optimizer = torch.optim.SGD(parameters, lr, momentum=momentum)
    x, y = data.train
    order = torch.Generator().manual_seed(seed)
    losses: list[float] = []
    updates = recipe.epochs * math.ceil(len(x) / 100)
    for _ in range(recipe.epochs):
        for a, b in batches(x, y, 100, order):
            for group in optimizer.param_groups:
                group["lr"] = rate(recipe, lr, (len(losses) + 1) / updates)
            optimizer.zero_grad()
            loss = model.loss(a, b)
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, recipe.clip)
            optimizer.step()
            losses.append(loss.item())
    return model, losses


def measure(name: str, data: Data) -> dict[str, Any]:
    """Choose a row's learning rate on the validation images, then report on the test images."""
    recipe, start = ROWS[name], time.process_time()
    seeds = SEEDS[recipe.cell]
    models: dict[float, Reader] = {}
    valid: dict[float, float] = {}

    def attempt(rung: int) -> None:
        lr = LADDER[rung]
        if lr not in valid:
            models[lr], _ = train(recipe, lr, seeds[0], data)
            valid[lr] = accuracy(models[lr], *data.valid)

    best = LADDER.index(recipe.rung)
    while True:  # climb until both neighbours are worse
        for rung in (best, best - 1, best + 1):
            attempt(rung)
        higher = max((best - 1, best, best + 1), key=lambda rung: valid[LADDER[rung]])
        if higher == best or higher in (0, len(LADDER) - 1):
            break
        best = higher
    lr = LADDER[higher]
    test = [accuracy(models[lr], *data.test)]
    seconds = []
    for seed in seeds[1:]:
        before = time.process_time()
        model, _ = train(recipe, lr, seed, data)
        seconds.append(time.process_time() - before)
        test.append(accuracy(model, *data.test))
    return {
        "lr": lr,
        "valid": {str(rung): round(valid[rung], 4) for rung in sorted(valid)},
        "test": [round(value, 4) for value in test],
        "parameters": sum(p.numel() for p in models[lr].parameters()),
        "cpu_s": round(sorted(seconds)[len(seconds) // 2], 1),
        "cpu_s_all": round(time.process_time() - start, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fresh", action="store_true", help="measure all rows again")
    parser.add_argument("rows", nargs="*", help="only these (default: those that are missing)")
    options = parser.parse_args()
    torch.set_num_threads(1)
    old = json.loads(RESULTS.read_text())["rows"] if RESULTS.is_file() else {}
    rows = {} if options.fresh else {name: row for name, row in old.items() if name in ROWS}
    data = load()
    for name in options.rows or ROWS:
        if name in rows and not options.rows:
            continue
        rows[name] = measure(name, data)
        print(name, rows[name], flush=True)
        results = {
            "machine": hardware(),
            "torch": torch.__version__,
            "date": time.strftime("%Y-%m-%d"),
            "rows": {key: rows[key] for key in ROWS if key in rows},
        }
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
