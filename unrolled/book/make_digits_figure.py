"""Draw the static figure of the widget draw-a-digit: `python -m unrolled.book.make_digits_figure`.

It needs torch and matplotlib, and takes the networks and the digit from what `make_digits` wrote.
"""

import hashlib
import io
import re
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
import torch
from matplotlib.colors import to_rgb

from unrolled.book.interactive import WIDGETS
from unrolled.book.make_digits import DATA, LAYERS, load, restore, unpack_images
from unrolled.plots import COLORS, use_style

FIGURE = WIDGETS / "draw-a-digit.svg"
DIGIT = 1  # which of the digits that come along: a 2 whose upper half could be a 3


def source_hash() -> str:
    """Return the SHA-256 of this file and of the data that it draws."""
    return hashlib.sha256(Path(__file__).read_bytes() + DATA.read_bytes()).hexdigest()


def probabilities(images: npt.NDArray[np.uint8]) -> dict[str, npt.NDArray[np.float32]]:
    """Return what each network answers after each row: (N, T, C), float32."""
    x = torch.from_numpy(images).float() / 255
    with torch.no_grad():
        return {
            kind: restore(load()["networks"][kind], kind)(x).softmax(dim=2).numpy()
            for kind in LAYERS
        }


def draw() -> str:
    """Return the figure as SVG: the digit, and beside its rows each network's probabilities."""
    image = unpack_images(load()["digits"]["pixels"])[DIGIT]
    use_style()
    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "digit", "figure.dpi": 72})
    # Two by two: on a phone the letters are still large enough.
    figure, grid = plt.subplots(2, 2, figsize=(4.6, 4.8), sharey=True)
    axes = grid.ravel()
    ink = np.empty((28, 28, 4), np.float32)
    ink[..., :3], ink[..., 3] = to_rgb(COLORS["grey"]), image / 255
    axes[0].imshow(ink, aspect="auto", extent=(0, 28, 28.5, 0.5), interpolation="none")
    axes[0].set(xticks=[], yticks=[1, 7, 14, 21, 28], title="image")
    rows = np.arange(1, 29)
    for axis, (kind, p) in zip(axes[1:], probabilities(image[None]).items(), strict=True):
        answer = int(p[0, -1].argmax())
        for digit in sorted(range(10), key=lambda digit: digit == answer):  # the answer on top
            first, believed = digit == answer, p[0, :, digit].max() >= 0.5
            color, width = (COLORS["grey"], 0.8) if not believed else (COLORS["blue"], 1.4)
            if first:
                color, width = COLORS["orange"], 2.2
            axis.plot(p[0, :, digit], rows, color=color, lw=width)
            if first or believed:
                peak = 27 if first else int(p[0, :, digit].argmax())
                where = (p[0, peak, digit], peak + 1)
                axis.annotate(
                    str(digit),
                    where,
                    xytext=(4, -3),
                    textcoords="offset points",
                    color=color,
                    weight="bold" if first else "normal",
                )
        axis.set(xlim=(-0.04, 1.14), ylim=(28.5, 0.5), xticks=[0, 0.5, 1], title=kind.upper())
    for axis in grid[1]:
        axis.set_xlabel("probability")
    for axis in grid[:, 0]:
        axis.set_ylabel("row")
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None})
    plt.close(figure)
    return file.getvalue()


def main() -> None:
    """Write the figure, its hash first; where the reader has which fonts is not for us to say."""
    picture = draw()
    picture = picture[picture.index("<svg") :]
    picture = re.sub(r"(font: (?:\w+ )*[\d.]+px) [^;\"]+", r"\1 sans-serif", picture)
    picture = re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", picture)
    picture = re.sub(r"<metadata>.*?</metadata>\s*", "", picture, flags=re.DOTALL)
    FIGURE.write_text(f"<!-- SHA-256: {source_hash()} -->\n{picture}", "utf-8")


if __name__ == "__main__":
    main()
