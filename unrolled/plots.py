"""The look of the lessons' figures: transparent, and readable on white and on near-black paper.

Every colour has a relative luminance near 0.19, so that its contrast is above 4:1 on both; that
rules out black axes, pale fills and yellow, and is why nothing here takes matplotlib's defaults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib.patches import Circle, FancyBboxPatch, Polygon

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


def draw_lstm_cell(axis: Axes) -> None:
    """Draw one step of an LSTM between its neighbours: the memory cell's line runs through all.

    Only symbols, those of lesson 05's equations; every colour belongs to one of them.
    """
    ink, memory, state = COLORS["grey"], COLORS["blue"], COLORS["teal"]
    top, bus = 3.1, 0.55  # the heights at which c and h travel from step to step

    def arrow(*points: tuple[float, float], color: str = ink, head: bool = True) -> None:
        axis.plot(*zip(*points, strict=True), color=color, lw=1.4, solid_joinstyle="round")
        if head:
            axis.annotate(
                "",
                points[-1],
                points[-2],
                arrowprops={"arrowstyle": "-|>", "color": color, "lw": 1.4, "shrinkB": 0},
            )

    def node(x: float, y: float, sign: str, color: str, alpha: float = 1.0) -> None:
        radius = 0.19  # the sign is drawn, not written: text never sits quite in the middle
        axis.add_patch(Circle((x, y), radius, fc="none", ec=color, lw=1.6, alpha=alpha))
        d = radius * (0.62 if sign == "+" else 0.48)
        strokes = [((-d, d), (0, 0)), ((0, 0), (-d, d))]
        if sign == "x":
            strokes = [((-d, d), (-d, d)), ((-d, d), (d, -d))]
        for dx, dy in strokes:
            xs, ys = [x + e for e in dx], [y + e for e in dy]
            axis.plot(xs, ys, color=color, lw=1.6, alpha=alpha)

    def box(x: float, y: float, text: str, color: str) -> None:
        shape = FancyBboxPatch(
            (x - 0.38, y - 0.2), 0.76, 0.4, boxstyle="round,pad=0,rounding_size=0.08", ec=color
        )
        shape.set(facecolor="none", linewidth=1.6)
        axis.add_patch(shape)
        axis.text(x, y - 0.01, text, color=color, ha="center", va="center", size=10)

    def frame(x: float, width: float, alpha: float) -> None:
        shape = FancyBboxPatch(
            (x, 0.2), width, 3.4, boxstyle="round,pad=0,rounding_size=0.25", ec=ink, alpha=alpha
        )
        shape.set(facecolor="none", linewidth=1.2)
        axis.add_patch(shape)

    # The neighbours, only hinted at, and the memory cell's line, broken where a node stands.
    frame(-2.0, 2.3, 0.4)
    frame(7.7, 2.3, 0.4)
    frame(1.1, 5.8, 1.0)
    nodes = [-1.3, -0.4, 1.9, 4.0, 8.4, 9.3]
    ends = [-2.5, *(x + s * 0.19 for x in nodes for s in (-1, 1)), 10.5]
    for a, b in zip(ends[::2], ends[1::2], strict=True):
        axis.plot([a, b], [top, top], color=memory, lw=3.2, solid_capstyle="butt")
    axis.add_patch(Polygon([(10.5, top + 0.16), (10.5, top - 0.16), (10.8, top)], color=memory))
    for x, sign in zip(nodes, "x+x+x+", strict=True):
        node(x, top, sign, memory, 1.0 if 1 < x < 7 else 0.5)

    # Four functions of x_t and h_{t-1}.
    arrow((0.3, bus), (5.2, bus), color=state, head=False)
    arrow((3.1, -0.25), (3.1, bus), color=ink, head=False)
    gates = [(1.9, "f"), (2.8, "i"), (4.0, "g"), (5.2, "o")]
    names = dict(zip("figo", ("orange", "green", "purple", "red"), strict=True))
    for x, gate in gates:
        color = COLORS[names[gate]]
        arrow((x, bus), (x, 1.15), color=ink)
        box(x, 1.35, r"$\tanh$" if gate == "g" else r"$\sigma$", color)
        axis.text(x - 0.24, 1.78, f"${gate}_t$", color=color, ha="center", va="center", size=13)

    # Forget, write, read.
    arrow((1.9, 1.55), (1.9, top - 0.19), color=COLORS["orange"])
    arrow((2.8, 1.55), (2.8, 2.3), (3.81, 2.3), color=COLORS["green"])
    arrow((4.0, 1.55), (4.0, 2.11), color=COLORS["purple"])
    node(4.0, 2.3, "x", ink)
    arrow((4.0, 2.49), (4.0, top - 0.19))
    arrow((6.2, top), (6.2, 2.75), color=memory)
    box(6.2, 2.53, r"$\tanh$", memory)
    arrow((6.2, 2.33), (6.2, 1.99), color=memory)
    arrow((5.2, 1.55), (5.2, 1.8), (6.01, 1.8), color=COLORS["red"])
    node(6.2, 1.8, "x", ink)
    arrow((6.2, 1.61), (6.2, bus), (7.7, bus), color=state)

    for x, y, text, color in (
        (0.7, top + 0.3, "$c_{t-1}$", memory),
        (7.3, top + 0.3, "$c_t$", memory),
        (0.7, bus + 0.3, "$h_{t-1}$", state),
        (7.3, bus + 0.3, "$h_t$", state),
        (3.1, -0.5, "$x_t$", ink),
        (-0.85, 1.7, "$t-1$", ink),
        (8.85, 1.7, "$t+1$", ink),
    ):
        axis.text(x, y, text, color=color, ha="center", va="center", size=13)
    axis.set(xlim=(-2.6, 10.9), ylim=(-0.75, 3.75), aspect="equal")
    axis.axis("off")
