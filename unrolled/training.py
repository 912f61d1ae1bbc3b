"""What the PyTorch lessons import instead of showing: seeds, batches, the name of the machine.

The training loop itself is not here: a lesson about training shows it.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch


def rows_as_sequence(
    images: npt.NDArray[np.uint8], device: torch.device | str = "cpu"
) -> torch.Tensor:
    """Return images (N, 28, 28) uint8 as float32 (N, T, D) in [0, 1]: T rows of D pixels."""
    return torch.from_numpy(images).to(device).float() / 255


def batches(
    images: torch.Tensor,
    labels: torch.Tensor,
    size: int,
    generator: torch.Generator | None = None,
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield (images, labels) in batches of `size`, the last one possibly smaller.

    With a generator the order is drawn from it, and from nothing else; without one it is kept.
    """
    n = len(images)
    order = torch.arange(n) if generator is None else torch.randperm(n, generator=generator)
    for chunk in order.to(images.device).split(size):
        yield images[chunk], labels[chunk]


def hardware(device: torch.device | str = "cpu") -> str:
    """Return what computed a result, for a reader: "AMD EPYC, 2 threads", or the GPU's name."""
    if torch.device(device).type == "cuda":
        return torch.cuda.get_device_name(device)
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")  # Linux only; elsewhere platform knows the name
    if cpuinfo.is_file():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    return f"{name}, {torch.get_num_threads()} threads"
