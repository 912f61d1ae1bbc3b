"""Data-parallel training on any number of processes, small enough to read: lesson 12 runs it.

    torchrun --standalone --nproc-per-node 2 -m unrolled.distributed --out result.json

Each process holds the whole network and a share of every batch; DistributedDataParallel averages
their gradients during backward. With gloo it needs no GPU; with one, "nccl" is the quick backend.
The first process also trains alone on the whole batches, and what it writes says how far apart the
two are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn
from torch.nn.parallel import DistributedDataParallel


class Reader(nn.Module):
    """Sequences (N, T, D) -> logits (N, C): a small LSTM and a readout."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(28, 16, batch_first=True)
        self.readout = nn.Linear(16, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Read each sequence and answer after its last step."""
        logits: torch.Tensor = self.readout(self.lstm(x)[0][:, -1])
        return logits


def train(
    network: nn.Module, batches: list[tuple[torch.Tensor, torch.Tensor]]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Make an update per batch; return the first batch's gradient and the weights at the end."""
    optimizer = torch.optim.SGD(network.parameters(), lr=0.5)
    first = torch.zeros(0)
    for x, y in batches:
        optimizer.zero_grad()
        F.cross_entropy(network(x), y).backward()  # DistributedDataParallel averages here
        if not len(first):
            first = torch.cat(
                [p.grad.flatten() for p in network.parameters() if p.grad is not None]
            )
        optimizer.step()
    return first, torch.cat([p.detach().flatten() for p in network.parameters()])


def shares(count: int, world: int, uneven: bool) -> list[slice]:
    """Return which rows of a batch each process gets: equal shares, or one row for the first."""
    if not uneven:
        return [slice(rank, None, world) for rank in range(world)]
    cuts = [0, 1, *(1 + (count - 1) * k // (world - 1) for k in range(1, world))]
    return [slice(cuts[rank], cuts[rank + 1]) for rank in range(world)]


def main() -> None:
    """Train in all processes and, in the first, alone; write how far apart they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--uneven", action="store_true", help="shares of different sizes")
    options = parser.parse_args()
    torch.set_num_threads(1)
    dist.init_process_group("gloo")  # torchrun's environment says who we are and how many
    rank, world = dist.get_rank(), dist.get_world_size()
    generator = torch.Generator().manual_seed(0)  # every process draws the same batches
    batches = [
        (torch.rand(12, 28, 28, generator=generator), torch.randint(10, (12,), generator=generator))
        for _ in range(5)
    ]
    mine = shares(12, world, options.uneven)[rank]
    torch.manual_seed(rank)  # other weights in each: the first process's are sent to all
    network = Reader()
    together, weights = train(
        DistributedDataParallel(network), [(x[mine], y[mine]) for x, y in batches]
    )
    if rank == 0:
        torch.manual_seed(0)
        alone = Reader()
        gradient, its_weights = train(alone, batches)
        found = {
            "processes": world,
            "rows_each": [len(range(12)[share]) for share in shares(12, world, options.uneven)],
            "largest_gradient": float(gradient.abs().max()),
            "gradient_difference": float((together - gradient).abs().max()),
            "weight_difference": float((weights - its_weights).abs().max()),
        }
        options.out.write_text(json.dumps(found))
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
