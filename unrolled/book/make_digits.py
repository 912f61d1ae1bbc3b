"""Make the networks and digits of the widget draw-a-digit: `python -m unrolled.book.make_digits`.

It needs torch and MNIST and takes about three minutes of one thread. An RNN, an LSTM and a GRU see
the same images in the same order, each time a little distorted, for a drawing is not written as
MNIST is; and they are asked for the digit after every row, so that an early answer means something.
Their matrices are stored in 8 bits, and what they are worth is measured after that.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import nn

from unrolled.book.interactive import WIDGETS
from unrolled.data import load_mnist
from unrolled.training import batches, random_affine, rows_as_sequence, warmup_cosine

DATA = WIDGETS / "draw-a-digit.data.js"
HIDDEN, EPOCHS, SEED = 64, 9, 0
LAYERS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
HEADER = """\
/* sha256 of make_digits.py: {source}
   Made by `python -m unrolled.book.make_digits`.
   "digits" are images of MNIST's test set (Yann LeCun, Corinna Cortes, Christopher J. C. Burges),
   CC BY-SA 3.0; the weights were learned from its training set. */
"""

Matrix = npt.NDArray[np.float32]


class Reader(nn.Module):
    """Images (N, T, D) in [0, 1] -> logits (N, T, C): an answer after every row."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.layer = LAYERS[kind](28, HIDDEN, batch_first=True)
        self.readout = nn.Linear(HIDDEN, 10)
        with torch.no_grad():
            for block in self.layer.weight_hh_l0.split(HIDDEN):
                nn.init.orthogonal_(block)
            if kind == "lstm":  # torch adds two biases: the forget gate's is 1
                self.layer.bias_ih_l0[HIDDEN : 2 * HIDDEN] = 1.0
                self.layer.bias_hh_l0[HIDDEN : 2 * HIDDEN] = 0.0

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Read the rows from the top."""
        logits: torch.Tensor = self.readout(self.layer(images)[0])
        return logits


def train(images: torch.Tensor, labels: torch.Tensor) -> dict[str, Reader]:
    """Return the three networks, trained side by side."""
    torch.manual_seed(SEED)
    readers = {kind: Reader(kind) for kind in LAYERS}
    optimizers = [torch.optim.Adam(reader.parameters(), lr=4e-3) for reader in readers.values()]
    updates = EPOCHS * len(images) // 100
    schedules = [warmup_cosine(optimizer, updates) for optimizer in optimizers]
    generator = torch.Generator().manual_seed(SEED)
    for epoch in range(EPOCHS):
        for x, y in batches(images, labels, 100, generator):
            x = random_affine(x, generator, degrees=12, scale=0.15, shear=0.2, pixels=2.0)
            for reader, optimizer, schedule in zip(
                readers.values(), optimizers, schedules, strict=True
            ):
                logits = reader(x)
                loss = F.cross_entropy(logits.flatten(0, 1), y.repeat_interleave(28))
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
                optimizer.step()
                schedule.step()
        print(f"epoch {epoch + 1} of {EPOCHS}", flush=True)
    return readers


# --- The file ---------------------------------------------------------------------------------


def text(array: npt.NDArray[Any]) -> str:
    """Return an array's bytes, little-endian, as base64."""
    return base64.b64encode(array.astype(array.dtype.newbyteorder("<")).tobytes()).decode()


def numbers(encoded: str, dtype: str) -> npt.NDArray[Any]:
    """Return what `text` was given, flat."""
    return np.frombuffer(base64.b64decode(encoded), np.dtype(dtype).newbyteorder("<"))


def pack(matrix: Matrix) -> dict[str, str]:
    """Return a matrix in 8 bits a number, with one scale a row."""
    scale = np.abs(matrix).max(axis=1, keepdims=True) / 127
    return {"int8": text(np.rint(matrix / scale).astype(np.int8)), "scale": text(scale)}


def unpack(packed: dict[str, str]) -> Matrix:
    """Return the matrix that the browser works with."""
    scale = numbers(packed["scale"], "f4")
    matrix: Matrix = numbers(packed["int8"], "i1").reshape(len(scale), -1) * scale[:, None]
    return matrix


def store(reader: Reader, kind: str) -> dict[str, Any]:
    """Return a network's weights in the letters of the lessons.

    Two biases that are only ever added are one number; the GRU's stay apart.
    """
    layer, b_x, b_h = reader.layer, reader.layer.bias_ih_l0.data, reader.layer.bias_hh_l0.data
    biases = {"b_x": b_x, "b_h": b_h} if kind == "gru" else {"b": b_x + b_h}
    biases["b_y"] = reader.readout.bias.data
    matrices = {
        "W_x": layer.weight_ih_l0,
        "W_h": layer.weight_hh_l0,
        "W_y": reader.readout.weight,
    }
    return {
        **{name: pack(matrix.detach().numpy()) for name, matrix in matrices.items()},
        **{name: text(bias.numpy()) for name, bias in biases.items()},
    }


def restore(stored: dict[str, Any], kind: str) -> Reader:
    """Return the network in PyTorch, float32, of the same stored weights as in the browser."""
    reader = Reader(kind)
    biases = {name: torch.tensor(numbers(stored[name], "f4")) for name in stored if name[0] == "b"}
    zero = torch.zeros(len(reader.layer.bias_ih_l0))
    reader.load_state_dict(
        {
            "layer.weight_ih_l0": torch.tensor(unpack(stored["W_x"])),
            "layer.weight_hh_l0": torch.tensor(unpack(stored["W_h"])),
            "layer.bias_ih_l0": biases.get("b", biases.get("b_x")),
            "layer.bias_hh_l0": biases.get("b_h", zero),
            "readout.weight": torch.tensor(unpack(stored["W_y"])),
            "readout.bias": biases["b_y"],
        }
    )
    return reader.eval()


def pack_images(images: npt.NDArray[np.uint8]) -> str:
    """Return images as base64 of their bytes; of zeros, one and then how many (at most 255)."""
    out = bytearray()
    zeros = 0
    for value in [*images.ravel().tolist(), -1]:
        if zeros and (value != 0 or zeros == 255):
            out += bytes([0, zeros])
            zeros = 0
        if value == 0:
            zeros += 1
        elif value > 0:
            out.append(value)
    return base64.b64encode(out).decode()


def unpack_images(packed: str) -> npt.NDArray[np.uint8]:
    """Return the images that `pack_images` was given."""
    stream = iter(base64.b64decode(packed))
    out = bytearray()
    for value in stream:
        out += bytes(next(stream)) if value == 0 else bytes([value])
    return np.frombuffer(out, np.uint8).reshape(-1, 28, 28)


def shown(labels: npt.NDArray[np.int64], wrong: npt.NDArray[np.bool_]) -> list[int]:
    """Return which test images go along: of each digit the first three, and one that is misread.

    `wrong` (M,) says which images at least one of the networks misreads.
    """
    chosen = [int(k) for digit in range(10) for k in np.flatnonzero(labels == digit)[:3]]
    rest = wrong.copy()
    rest[chosen] = False
    chosen += [int(np.flatnonzero((labels == digit) & rest)[0]) for digit in range(10)]
    return sorted(chosen)


def load() -> dict[str, Any]:
    """Return what the committed file holds."""
    data: dict[str, Any] = json.loads(DATA.read_text("utf-8").partition(" = ")[2].rstrip(";\n"))
    return data


def source_hash() -> str:
    """Return the SHA-256 of this file."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def main() -> None:
    """Train, measure, write."""
    torch.set_num_threads(1)
    mnist = load_mnist()
    if mnist.source != "mnist":
        raise SystemExit("This needs the real MNIST.")
    readers = train(rows_as_sequence(mnist.train_images), torch.from_numpy(mnist.train_labels))

    x, y = rows_as_sequence(mnist.test_images), torch.from_numpy(mnist.test_labels)
    networks: dict[str, Any] = {}
    wrong = torch.zeros(len(y), dtype=torch.bool)
    with torch.no_grad():
        for kind, reader in readers.items():
            networks[kind] = store(reader, kind)
            errors = restore(networks[kind], kind)(x)[:, -1].argmax(dim=1) != y
            before = (reader(x)[:, -1].argmax(dim=1) == y).float().mean().item()
            networks[kind]["accuracy"] = round(1 - errors.float().mean().item(), 4)
            print(f"{kind}: {networks[kind]['accuracy']:.2%} in 8 bits, {before:.2%} before")
            wrong |= errors
    chosen = shown(mnist.test_labels, wrong.numpy())
    data = {
        "networks": networks,
        "digits": {
            "indices": chosen,
            "labels": mnist.test_labels[chosen].tolist(),
            "misread": wrong.numpy()[chosen].astype(int).tolist(),
            "pixels": pack_images(mnist.test_images[chosen]),
        },
    }
    header = HEADER.format(source=source_hash())
    DATA.write_text(f'{header}Unrolled.data["draw-a-digit"] = {json.dumps(data)};\n', "utf-8")


if __name__ == "__main__":
    main()
