"""Make the gate laboratory's units, presets and static figures (it needs matplotlib).

    python -m unrolled.book.make_gates

The laboratory runs one LSTM unit (lesson 05) or one GRU unit (lesson 06), H = D = 1, in the
browser. Its weights and presets stand here and nowhere else. A gate follows a schedule: what it is
held at (None: free, computed from the weights) and at which steps something else. The files carry
the hash of this one; a test compares it.
"""

import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from unrolled.networks import gru_forward, gru_gates, lstm_forward, lstm_gates

Array = npt.NDArray[np.float64]

WIDGETS = Path(__file__).with_name("widgets")
DATA = WIDGETS / "gate-laboratory.data.js"
FIGURES = {
    "lstm": WIDGETS / "gate-laboratory.lstm.svg",
    "gru": WIDGETS / "gate-laboratory.gru.svg",
}

STEPS = 20
PULSES = {2: 1, 7: 1, 12: -1, 17: 1}  # as in the lessons' figures
SIX = dict.fromkeys(range(2, 18, 3), 1)


def gate(base: float | None, at: dict[int, float | None] | None = None) -> dict[str, Any]:
    """Return a gate's schedule."""
    return {"base": base, "at": at or {}}


UNITS: dict[str, dict[str, Any]] = {
    "lstm": {  # blocks i, f, g, o
        "W_x": [3, 0, 1, 0],
        "W_h": [1, 2, 0, 1],
        "b": [-1, 1, 0, 1],
        "presets": {
            "free": {"x": PULSES, "gates": {"i": gate(None), "f": gate(None), "o": gate(None)}},
            "remember": {"x": PULSES, "gates": {"i": gate(0, {2: 1}), "f": gate(1), "o": gate(1)}},
            "forget": {
                "x": PULSES,
                "gates": {"i": gate(0, {2: 1}), "f": gate(1, {5: 0}), "o": gate(1)},
            },
            "count": {"x": SIX, "gates": {"i": gate(1), "f": gate(1), "o": gate(1)}},
        },
    },
    "gru": {  # blocks r, z, n
        "W_x": [0, -3, 1],
        "W_h": [1, 1, 1],
        "b_x": [0, 2, 0],
        "b_h": [0, 0, 0],
        "presets": {
            "free": {"x": PULSES, "gates": {"z": gate(None), "r": gate(None)}},
            "remember": {"x": PULSES, "gates": {"z": gate(1, {2: 0}), "r": gate(1)}},
            "forget": {"x": PULSES, "gates": {"z": gate(1, {2: 0, 5: 0}), "r": gate(1, {5: 0})}},
            "count": {"x": SIX, "gates": {"z": gate(1, dict.fromkeys(SIX, 0.5)), "r": gate(0)}},
        },
    },
}
HELD_BY = {"lstm": ("i", "f", "g", "o"), "gru": ("r", "z", "n")}  # the block of each gate


def source_hash() -> str:
    """Return the SHA-256 of this file."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def inputs(preset: dict[str, Any]) -> Array:
    """Return a preset's inputs, one a step."""
    return np.array([preset["x"].get(t, 0) for t in range(STEPS)], float)


def weights_at(cell: str, gates: dict[str, Any], t: int) -> list[Array]:
    """Return the unit's weights at step t: a gate is held by its bias alone."""
    unit = UNITS[cell]
    names = ("W_x", "W_h", "b") if cell == "lstm" else ("W_x", "W_h", "b_x", "b_h")
    weights = [np.array(unit[name], float) for name in names]
    for name, schedule in gates.items():
        held = schedule["at"].get(t, schedule["base"])
        if held is not None:
            block = HELD_BY[cell].index(name)
            for w in weights:
                w[block] = 0
            inside = 0 < held < 1  # sigmoid(±1000) is 1 and 0 to the last digit
            weights[2][block] = np.log(held / (1 - held)) if inside else 2000 * held - 1000
    return [
        w[:, None] if name.startswith("W") else w for name, w in zip(names, weights, strict=True)
    ]


def run(
    cell: str, x: Array, gates: dict[str, Any], start: int = 0, h: float = 0.0, c: float = 0.0
) -> dict[str, Array]:
    """Run the unit from step ``start`` on; return gates and states by name, a number a step."""
    rows = []
    now, memory = np.full((1, 1), h), np.full((1, 1), c)
    for t in range(start, STEPS):
        x_t, w = np.full((1, 1), x[t]), weights_at(cell, gates, t)
        if cell == "lstm":
            i, f, g, o = lstm_gates(x_t, now, *w)
            hs, cs = lstm_forward(x_t[None], now, memory, *w)
            now, memory = hs[:, 0], cs[:, 0]
            rows.append([i, f, g, o, memory, now])
        else:
            r, z, n, _ = gru_gates(x_t, now, *w)
            now = gru_forward(x_t[None], now, *w)[:, 0]
            rows.append([r, z, n, now])
    names = [*HELD_BY[cell], "c", "h"] if cell == "lstm" else [*HELD_BY[cell], "h"]
    return dict(zip(names, np.array(rows, float).reshape(len(rows), -1).T, strict=True))


def along_the_line(kept: Array) -> Array:
    """Return what is left at the end of a change at each step: the later gates' product."""
    return np.append(np.cumprod(kept[:0:-1])[::-1], 1.0)


def write_data() -> None:
    """Write the units and their presets for the browser."""
    text = json.dumps({"steps": STEPS, **UNITS}, separators=(",", ":"))
    DATA.write_text(
        f"/* SHA-256 of make_gates.py: {source_hash()} */\n"
        f'Unrolled.data["gate-laboratory"] = {text};\n'
    )


def draw_figure(cell: str) -> None:
    """Draw three presets: the state above, what is left of a change in it below."""
    import matplotlib.pyplot as plt

    from unrolled.plots import COLORS, use_style

    use_style()
    plt.rcParams.update({"svg.hashsalt": cell, "svg.fonttype": "path", "font.size": 11})
    titles = {
        "lstm": ("$i_2 = 1,\\ f_t = 1$", "$i_2 = 1,\\ f_5 = 0$", "$i_t = f_t = 1$"),
        "gru": ("$z_2 = 0$", "$z_2 = z_5 = 0$", "$z_t = 0.5$"),
    }[cell]
    state, kept, color = ("c", "f", "blue") if cell == "lstm" else ("h", "z", "teal")
    t = np.arange(STEPS)
    figure, axes = plt.subplots(
        2, 3, figsize=(5.8, 3.4), sharex=True, sharey="row", height_ratios=(5, 3)
    )
    for column, name in enumerate(("remember", "forget", "count")):
        preset, (above, below) = UNITS[cell]["presets"][name], axes[:, column]
        x = inputs(preset)
        found = run(cell, x, preset["gates"])
        above.vlines(t[x != 0], 0, x[x != 0], color=COLORS["grey"], lw=1)
        above.plot(t[x != 0], x[x != 0], "o", color=COLORS["grey"], ms=3.5)
        above.plot(t, found[state], color=COLORS[color], drawstyle="steps-mid")
        if cell == "lstm":
            above.plot(t, found["h"], color=COLORS["teal"], drawstyle="steps-mid", ls=(0, (2, 1)))
        left = along_the_line(found[kept])
        below.fill_between(t, left, step="mid", color=COLORS["orange"], alpha=0.25, lw=0)
        below.plot(t, left, color=COLORS["orange"], drawstyle="steps-mid")
        above.set_title(titles[column])
        below.set(xlabel="$t$", ylim=(0, 1.08), xticks=range(0, STEPS, 5), yticks=(0, 1))
    names = r"$c_t,\ h_t$" if cell == "lstm" else "$h_t$"
    axes[0, 0].set_ylabel(names)
    axes[1, 0].set_ylabel(rf"$\partial {state}_{{19}} / \partial {state}_t$")
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None})
    plt.close(figure)
    svg = file.getvalue()
    svg = svg[svg.index("<svg ") :]  # without the XML declaration the hash may come first
    svg = re.sub(r"(\d\d\.\d\d)\d+", r"\1", svg)  # a hundredth of a point is enough
    FIGURES[cell].write_text(f"<!-- SHA-256 of make_gates.py: {source_hash()} -->\n{svg}")


if __name__ == "__main__":
    write_data()
    for cell in FIGURES:
        draw_figure(cell)
