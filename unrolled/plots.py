"""The look of the lessons' figures: transparent, and readable on white and on near-black paper.

Every colour has a relative luminance near 0.19, so that its contrast is above 4:1 on both; that
rules out black axes, pale fills and yellow, and is why nothing here takes matplotlib's defaults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
from cycler import cycler

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLORS = {
    "blue": "#2d7dbf",
    "orange": "#bd5f1b",
    "green": "#228a4c",
    "red": "#d44653",
    "purple": "#9560ca",
    "teal": "#218686",
    "grey": "#747980",
}
"""The palette by name, in the order in which plots cycle through it; text and axes are grey."""


def use_style() -> None:
    """Give matplotlib the course's look, for the rest of the session."""
    plt.rcdefaults()
    grey = COLORS["grey"]
    plt.rcParams.update(
        {
            "figure.figsize": (6.4, 3.2),
            "figure.dpi": 150,
            "figure.constrained_layout.use": True,
            "savefig.transparent": True,
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "axes.edgecolor": grey,
            "axes.labelcolor": grey,
            "axes.titlecolor": grey,
            "axes.titlesize": "medium",
            "axes.titleweight": "bold",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": cycler(color=list(COLORS.values())),
            "lines.linewidth": 1.8,
            "text.color": grey,
            "xtick.color": grey,
            "ytick.color": grey,
            "grid.color": grey,
            "grid.alpha": 0.3,
            "legend.frameon": False,
            "font.size": 10,
            "mathtext.fontset": "cm",
            "image.cmap": "gray",
        }
    )


def label_line(axis: Axes, x: float, y: float, text: str, color: str) -> None:
    """Write a curve's name beside its end (x, y), in its colour: no legend to look up."""
    axis.annotate(text, (x, y), xytext=(5, 0), textcoords="offset points", color=color, va="center")
