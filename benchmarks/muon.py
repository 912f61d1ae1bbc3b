"""The optimizer Muon, which benchmarks/accuracy.py tried in place of Adam."""

from collections.abc import Iterable

import torch


class Muon(torch.optim.Optimizer):
    """Momentum whose every block is made nearly orthogonal: all its directions move alike.

    A block is the part of a matrix that belongs to one gate: `rows` rows. Keller Jordan's Muon
    (2024), with his five Newton-Schulz steps.
    """

    def __init__(
        self,
        matrices: Iterable[torch.Tensor],
        lr: float,
        rows: int,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})
        self.rows = rows

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Move every matrix that has a gradient."""
        for group in self.param_groups:
            shapes: dict[torch.Size, list[tuple[torch.Tensor, torch.Tensor]]] = {}
            for matrix in group["params"]:
                if matrix.grad is None:
                    continue
                state = self.state[matrix]
                if not state:
                    state["average"] = torch.zeros_like(matrix)
                average = state["average"]
                average.lerp_(matrix.grad, 1 - group["momentum"])
                ahead = matrix.grad.lerp(average, group["momentum"])  # Nesterov's
                matrix.mul_(1 - group["lr"] * group["weight_decay"])
                for block, direction in zip(
                    matrix.split(self.rows), ahead.split(self.rows), strict=True
                ):
                    shapes.setdefault(block.shape, []).append((block, direction))
            for shape, pairs in shapes.items():  # those of one shape in one product
                moves = orthogonal(torch.stack([direction for _, direction in pairs]))
                size = group["lr"] * max(1.0, shape[0] / shape[1]) ** 0.5
                for (block, _), move in zip(pairs, moves, strict=True):
                    block.sub_(move, alpha=size)


def orthogonal(matrices: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """Return matrices (K, M, N) with all singular values near 1, by Newton-Schulz steps."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrices.mT if matrices.shape[1] > matrices.shape[2] else matrices
    x = (x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)).bfloat16()
    for _ in range(steps):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return (x.mT if matrices.shape[1] > matrices.shape[2] else x).to(matrices.dtype)
