"""Make the gradient laboratory's weights and its static figure (it needs matplotlib).

    python -m unrolled.book.make_gradients

The laboratory computes gradients in the browser, with the weights written here. Each is a whole
number of 8 bits, so that the browser and NumPy start from exactly the same: a block of W_h divided
by its ``radius`` has spectral radius 1, a W_x is uniform as PyTorch starts it for 64 units, and the
inputs have variance 1. Both files carry the hash of this one; a test compares it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from unrolled.networks import (
    gru_backward,
    gru_forward,
    lstm_backward,
    lstm_forward,
    rnn_backward,
    rnn_forward,
    sigmoid,
)

Array = npt.NDArray[np.floating]

D, H, T = 8, 64, 200  # T steps lie between the first input and the last
BLOCKS = {"rnn": 1, "lstm": 4, "gru": 3}
WIDGETS = Path(__file__).with_name("widgets")
DATA = WIDGETS / "gradient-laboratory.data.js"
FIGURE = WIDGETS / "gradient-laboratory.svg"


def source_hash() -> str:
    """Return the SHA-256 of this file."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


@cache
def draw() -> dict[str, Any]:
    """Return whole numbers: inputs (T + 1, D); per network W_x and W_h, in blocks of H rows."""
    rng = np.random.default_rng(0)

    def integers(*shape: int) -> npt.NDArray[np.int8]:
        return rng.integers(-127, 127, shape, np.int8, endpoint=True)

    drawn: dict[str, Any] = {"inputs": integers(T + 1, D)}
    for kind, blocks in BLOCKS.items():
        drawn[kind] = {"W_x": integers(blocks * H, D), "W_h": integers(blocks * H, H)}
    return drawn


def radii(W_h: npt.NDArray[np.int8]) -> list[float]:
    """Return the spectral radius of each block of H rows."""
    return [float(np.abs(np.linalg.eigvals(W)).max()) for W in W_h.reshape(-1, H, H).astype(float)]


def orthogonal(W: Array) -> Array:
    """Return W's rows made orthonormal one after the other (Gram-Schmidt)."""
    Q, R = np.linalg.qr(W.T)
    return (Q * np.sign(np.diag(R))).T


@cache
def unit_blocks(kind: str, start: str) -> Array:
    """Return the blocks of W_h, (blocks, H, H), each with spectral radius 1."""
    W_h = draw()[kind]["W_h"]
    blocks = W_h.reshape(-1, H, H).astype(float)
    if start == "orthogonal":
        return np.array([orthogonal(W) for W in blocks])
    return blocks / np.array(radii(W_h))[:, None, None]


def weights(kind: str, start: str, radius: float) -> tuple[Array, Array]:
    """Return W_x and W_h, each block of which has this spectral radius."""
    W_x = draw()[kind]["W_x"] / (127 * np.sqrt(H))
    return W_x, radius * unit_blocks(kind, start).reshape(-1, H)


def felt(
    kind: str, start: str, radius: float, gate_bias: float, scale: float, length: int
) -> Array:
    """Return |dL/dx_t| at the distances 0 to ``length`` from the end, as lesson 04 does.

    L is the sum of the last hidden state, and the unit is the last input's. The gate bias is that
    of the LSTM's forget gate and of the GRU's update gate; scale multiplies the inputs.
    """
    W_x, W_h = weights(kind, start, radius)
    x = scale * np.sqrt(3) / 127 * draw()["inputs"][None, T - length :].astype(float)
    h0, b = np.zeros((1, H)), np.zeros(len(W_h))
    b[H : 2 * H] = gate_bias  # f of i, f, g, o; z of r, z, n; the RNN has no such block
    dhs = np.zeros((1, length + 1, H))
    dhs[:, -1] = 1
    if kind == "rnn":
        dx = rnn_backward(dhs, x, h0, rnn_forward(x, h0, W_x, W_h, b), W_x, W_h)[0]
    elif kind == "lstm":
        hs, cs = lstm_forward(x, h0, h0, W_x, W_h, b)
        dx = lstm_backward(dhs, x, h0, h0, hs, cs, W_x, W_h, b)[0]
    else:
        hs = gru_forward(x, h0, W_x, W_h, b, np.zeros_like(b))
        dx = gru_backward(dhs, x, h0, hs, W_x, W_h, b, np.zeros_like(b))[0]
    norms = np.linalg.norm(dx[0], axis=1)[::-1]
    return norms / norms[0]


def data() -> str:
    """Return the data as the script that the page loads."""

    def text(numbers: npt.NDArray[np.int8]) -> str:
        return base64.b64encode(numbers.tobytes()).decode()

    drawn = draw()
    values: dict[str, Any] = {"D": D, "H": H, "T": T, "inputs": text(drawn["inputs"])}
    for kind in BLOCKS:
        W_x, W_h = drawn[kind]["W_x"], drawn[kind]["W_h"]
        values[kind] = {"W_x": text(W_x), "W_h": text(W_h), "radii": radii(W_h)}
    return f'Unrolled.data["gradient-laboratory"] = {json.dumps(values, indent=1)};\n'


def figure() -> str:
    """Return the page's figure without JavaScript: the gates as they start, and open."""
    import matplotlib.pyplot as plt

    from unrolled.plots import COLORS, label_line, use_style

    use_style()
    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "gradients"})
    plt.rcParams.update({"font.family": "sans-serif", "mathtext.fontset": "dejavusans"})
    picture, axes = plt.subplots(1, 2, figsize=(5.4, 3.1), sharey=True)
    networks = {"rnn": "orange", "lstm": "blue", "gru": "green"}
    for axis, gate_bias in zip(axes, (0.0, 3.0), strict=True):
        distances = np.arange(101)
        for kind, color in networks.items():
            line = felt(kind, "random", 0.6, gate_bias, 1.0, 100)
            axis.semilogy(distances, line, color=COLORS[color])
            if gate_bias:
                label_line(axis, 100, line[-1], kind.upper(), COLORS[color])
        for factor, color in ((0.6, "orange"), (sigmoid(np.array(gate_bias)), "purple")):
            axis.semilogy(distances, factor**distances, color=COLORS[color], lw=1, ls="--")
        axis.set(xlabel="T − t", title=f"β = {gate_bias:.0f}", xlim=(0, 140 if gate_bias else 100))
        axis.set(xticks=(0, 50, 100), ylim=(1e-26, 10))
        axis.grid(axis="y")
    buffer = io.StringIO()
    picture.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    drawing = buffer.getvalue()
    return drawing[drawing.index("<svg") :]  # without declaration and DOCTYPE: the hash is first


def main() -> None:
    """Write both files."""
    DATA.write_text(f"// SHA-256 of {Path(__file__).name}: {source_hash()}\n{data()}", "utf-8")
    FIGURE.write_text(
        f"<!-- SHA-256 of {Path(__file__).name}: {source_hash()} -->\n{figure()}", "utf-8"
    )


if __name__ == "__main__":
    main()
