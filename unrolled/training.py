"""What the PyTorch lessons and the benchmark share: data as tensors, recipes, the machine's name.

The training loop itself is not here: a lesson about training shows it.
"""

from __future__ import annotations

import math
import platform
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import nn


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


def prepare_lstm(lstm: nn.LSTM) -> None:
    """Set the forget biases to 1 (once: torch adds two) and make every recurrent block orthogonal.

    A block is the (H, H) matrix of one gate: the (4H, H) matrix as a whole cannot be orthogonal.
    """
    size = lstm.hidden_size
    forget = slice(size, 2 * size)  # the second block of i, f, g, o
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.startswith("weight_hh"):
                for block in parameter.split(size):
                    nn.init.orthogonal_(block)
            elif name.startswith("bias"):
                parameter[forget] = 1.0 if name.startswith("bias_ih") else 0.0


def warmup_cosine(
    optimizer: torch.optim.Optimizer, updates: int, share: float = 0.1
) -> torch.optim.lr_scheduler.LambdaLR:
    """Return a schedule: linear up to the optimizer's rate over `share`, then a cosine to 0."""
    rising = max(1, round(share * updates))

    def factor(update: int) -> float:
        if update < rising:
            return (update + 1) / rising
        return (1 + math.cos(math.pi * (update - rising) / max(1, updates - rising))) / 2

    return torch.optim.lr_scheduler.LambdaLR(optimizer, factor)


def random_affine(
    images: torch.Tensor,
    generator: torch.Generator,
    degrees: float = 7.0,
    scale: float = 0.07,
    shear: float = 0.07,
    pixels: float = 1.4,
) -> torch.Tensor:
    """Return images (N, 28, 28), each a little turned, sized, slanted and shifted; 0 flows in.

    Every amount is drawn per image, uniformly between minus and plus the argument.
    """
    n, _, width = images.shape
    draws = 2 * torch.rand(n, 5, generator=generator) - 1  # (N, 5) in [-1, 1)
    theta = _affine_map(draws, math.radians(degrees), scale, shear, 2 * pixels / width)
    theta = theta.to(images.device)
    grid = F.affine_grid(theta, [n, 1, *images.shape[1:]], align_corners=False)
    return F.grid_sample(images.unsqueeze(1), grid, align_corners=False).squeeze(1)


def distort(
    images: torch.Tensor, generator: torch.Generator, affine: float, elastic: float
) -> torch.Tensor:
    """Return images (N, 28, 28), each moved as `random_affine` does and bent; 0 flows in.

    `affine` multiplies the amounts of `random_affine`. `elastic` is the standard deviation, in
    pixels, of displacements drawn at 5 x 5 points and smooth between them. The image is sampled
    once for both.
    """
    if not affine and not elastic:
        return images
    n, _, width = images.shape
    draws = affine * (2 * torch.rand(n, 5, generator=generator) - 1)
    theta = _affine_map(draws, math.radians(7.0), 0.07, 0.07, 2 * 1.4 / width)
    grid = F.affine_grid(theta, [n, 1, *images.shape[1:]], align_corners=False)
    if elastic:
        bends = torch.randn(n, 2, 5, 5, generator=generator) * (elastic * 2 / width)
        smooth = F.interpolate(bends, images.shape[1:], mode="bicubic", align_corners=True)
        grid = grid + smooth.permute(0, 2, 3, 1)
    grid = grid.to(images.device)
    return F.grid_sample(images.unsqueeze(1), grid, align_corners=False).squeeze(1)


def upright(images: torch.Tensor) -> torch.Tensor:
    """Return images (N, 28, 28), its slant taken out, its centre in the middle.

    The slant of an image is the slope of the line x = a y that fits its ink best, by its second
    moments; the rows are then moved sideways. Nothing is learned, and no other image is looked at.
    """
    n, height, width = images.shape
    y = torch.linspace(-1, 1, height + 1)[:-1, None] + 1 / height  # centres of the pixels
    x = torch.linspace(-1, 1, width + 1)[None, :-1] + 1 / width

    def mean(values: torch.Tensor) -> torch.Tensor:
        return (images * values).sum(dim=(1, 2)) / images.sum(dim=(1, 2)).clamp(min=1e-6)

    at_x, at_y = mean(x), mean(y)
    slope = (mean(x * y) - at_x * at_y) / (mean(y * y) - at_y**2).clamp(min=1e-6)
    one, zero = torch.ones(n), torch.zeros(n)
    theta = torch.stack(
        [torch.stack([one, slope, at_x], dim=1), torch.stack([zero, one, at_y], dim=1)], dim=1
    )
    grid = F.affine_grid(theta, [n, 1, height, width], align_corners=False)
    return F.grid_sample(images.unsqueeze(1), grid, align_corners=False).squeeze(1)


def _affine_map(
    draws: torch.Tensor, angle: float, scale: float, shear: float, shift: float
) -> torch.Tensor:
    """Return (N, 2, 3), where each pixel of a result is taken from, of draws (N, 5) in [-1, 1).

    The grid's coordinates run from -1 to 1, so a shift by the whole width is 2.
    """
    size = 1 + draws[:, 1] * scale
    slant = draws[:, 2] * shear
    moved = draws[:, 3:] * shift
    cos, sin = size * (draws[:, 0] * angle).cos(), size * (draws[:, 0] * angle).sin()
    return torch.stack(
        [
            torch.stack([cos, slant - sin, moved[:, 0]], dim=1),
            torch.stack([sin, cos, moved[:, 1]], dim=1),
        ],
        dim=1,
    )


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
    threads = torch.get_num_threads()
    return f"{name}, {threads} thread{'s' if threads > 1 else ''}"
