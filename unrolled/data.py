"""The data of the lessons: MNIST where it can be had, bundled digits where it cannot.

`load_mnist()` asks four places in this order and says which one answered:

1. the folder in $UNROLLED_DATA (IDX files, as they are or as .gz);
2. the user's cache, which step 3 fills;
3. two mirrors on the network (not asked if UNROLLED_OFFLINE=1; without a network it gives up
   in less than ten seconds);
4. scikit-learn's bundled handwritten digits, 8x8, resized to 28x28 so that the code is the same.

No file is used, wherever it comes from, unless its decompressed content has the right SHA-256.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import queue
import tempfile
import threading
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import platformdirs

# Of the decompressed files: the mirrors do not agree on the compressed ones.
MNIST_SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
PROBE_SECONDS = 6.0  # for the two mirrors together to answer at all


class DataError(RuntimeError):
    """A data file is damaged or is another file; one sentence, in English and then in Chinese."""


@dataclass(frozen=True)
class Mnist:
    """Handwritten digits, and where they came from.

    Attributes:
        train_images: (N, 28, 28) uint8, 0 is background.
        train_labels: (N,) int64, 0 to 9.
        test_images: (M, 28, 28) uint8.
        test_labels: (M,) int64.
        source: "mnist" or "digits".
        description: one line for a reader, without any path of this machine.
    """

    train_images: npt.NDArray[np.uint8]
    train_labels: npt.NDArray[np.int64]
    test_images: npt.NDArray[np.uint8]
    test_labels: npt.NDArray[np.int64]
    source: str
    description: str


def budget() -> str:
    """Return "full" or "small", from $UNROLLED_BUDGET (default: full)."""
    value = os.environ.get("UNROLLED_BUDGET") or "full"
    if value not in ("full", "small"):
        raise ValueError(
            f"UNROLLED_BUDGET is {value!r}: set it to full or small. / "
            f"UNROLLED_BUDGET 现在是 {value!r}：请设为 full 或 small。"
        )
    return value


def load_mnist() -> Mnist:
    """Return MNIST, or the bundled digits where MNIST cannot be had (and print that it is so).

    Raises:
        DataError: a file in $UNROLLED_DATA is damaged or is not MNIST's.
    """
    why = []  # one short reason for each place that had nothing
    folder = os.environ.get("UNROLLED_DATA")
    if folder:
        files = _read_folder(Path(folder).expanduser())
        if files is not None:
            return _from_files(files, "$UNROLLED_DATA")
        why.append("not in $UNROLLED_DATA")

    cache = Path(platformdirs.user_cache_dir("unrolled", appauthor=False)) / "mnist"
    try:
        files = _read_folder(cache)
        if files is not None:
            return _from_files(files, "the cache")
        why.append("not in the cache")
    except (DataError, OSError):
        why.append("the cached copy is damaged")  # the download below replaces it

    if os.environ.get("UNROLLED_OFFLINE") == "1":
        why.append("UNROLLED_OFFLINE=1")
    else:
        files = _download(cache)
        if files is not None:
            return _from_files(files, "the network, now in the cache")
        why.append("no mirror answered with the right files")

    digits = _bundled_digits(", ".join(why))
    print("MNIST was not found; what follows runs on scikit-learn's 1,797 small digits instead.")
    print("没有找到 MNIST；以下改用 scikit-learn 自带的 1,797 个小数字图像。")
    return digits


# --- IDX files --------------------------------------------------------------------------------


def _read_folder(folder: Path) -> dict[str, bytes] | None:
    """Return the four files' decompressed content, or None if one of them is not there."""
    paths = {}
    for name in MNIST_SHA256:
        found = [path for path in (folder / name, folder / f"{name}.gz") if path.is_file()]
        if not found:
            return None
        paths[name] = found[0]
    return {name: _read_verified(path, name) for name, path in paths.items()}


def _read_verified(path: Path, name: str) -> bytes:
    """Return the decompressed content of one file, or raise DataError if it is not MNIST's."""
    content = path.read_bytes()
    try:
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        intact = hashlib.sha256(content).hexdigest() == MNIST_SHA256[name]
    except (EOFError, OSError, zlib.error):  # truncated, not gzip, damaged inside
        intact = False
    if not intact:
        raise DataError(
            f"{path} is damaged, incomplete or not MNIST's (its SHA-256 is not the known one): "
            "delete it and fetch it again, or unset UNROLLED_DATA. / "
            f"文件 {path} 已损坏、不完整，或不是 MNIST 的文件（SHA-256 不符）："
            "请删除后重新获取，或取消 UNROLLED_DATA 的设置。"
        )
    return content


def _parse_idx(content: bytes) -> npt.NDArray[np.uint8]:
    """Return the array in an IDX file of bytes: 0, 0, 8, ndim, the sizes (big-endian), the data."""
    ndim = content[3]
    shape = np.frombuffer(content, dtype=">u4", count=ndim, offset=4)
    data = np.frombuffer(content, dtype=np.uint8, offset=4 + 4 * ndim)
    return data.reshape(shape).copy()  # frombuffer is read-only, and torch warns about that


def _from_files(files: dict[str, bytes], where: str) -> Mnist:
    train_images, train_labels, test_images, test_labels = (
        _parse_idx(files[name]) for name in MNIST_SHA256
    )
    return Mnist(
        train_images,
        train_labels.astype(np.int64),
        test_images,
        test_labels.astype(np.int64),
        "mnist",
        f"MNIST: {len(train_images):,} + {len(test_images):,} images, from {where}",
    )


# --- Network ----------------------------------------------------------------------------------


def _download(cache: Path) -> dict[str, bytes] | None:
    """Return the four files' content from the first mirror that has them, and fill the cache."""
    import pooch

    pooch.get_logger().setLevel("WARNING")  # else it prints the checksum of every file
    for mirror in _answering(MIRRORS):
        get = pooch.HTTPDownloader(progressbar=True, timeout=PROBE_SECONDS)
        with tempfile.TemporaryDirectory() as folder:
            try:
                for name in MNIST_SHA256:
                    get(f"{mirror}{name}.gz", str(Path(folder) / f"{name}.gz"), None)
                files = _read_folder(Path(folder))
            except (DataError, OSError):  # requests' exceptions are OSErrors
                continue
            try:
                for name in MNIST_SHA256:
                    _write_atomically(
                        cache / f"{name}.gz", (Path(folder) / f"{name}.gz").read_bytes()
                    )
            except OSError:
                pass  # a full or read-only disk: the data is in memory all the same
            return files
    return None


def _answering(mirrors: tuple[str, ...]) -> list[str]:
    """Return the mirrors that answer within PROBE_SECONDS in all, the quickest first.

    The requests run in threads that are left behind when the time is over, because nothing else
    bounds a name server that does not answer, or a name with many addresses.
    """
    import pooch

    answers: queue.Queue[tuple[str, bool]] = queue.Queue()

    def ask(mirror: str) -> None:
        head: Any = pooch.HTTPDownloader(timeout=PROBE_SECONDS)
        try:
            head(f"{mirror}{next(iter(MNIST_SHA256))}.gz", None, None, check_only=True)
            answers.put((mirror, True))
        except Exception:  # whatever it was, this mirror is of no use now
            answers.put((mirror, False))

    for mirror in mirrors:
        threading.Thread(target=ask, args=(mirror,), daemon=True).start()
    answered = []
    deadline = time.monotonic() + PROBE_SECONDS
    for _ in mirrors:
        try:
            mirror, ok = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            break
        if ok:
            answered.append(mirror)
    return answered


def _write_atomically(path: Path, content: bytes) -> None:
    """Write a file that is there completely or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".partial-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:  # KeyboardInterrupt too
        Path(temporary).unlink(missing_ok=True)
        raise


# --- Bundled digits ---------------------------------------------------------------------------


def _bundled_digits(why: str) -> Mnist:
    """Return scikit-learn's digits as 28x28 uint8, four fifths for training.

    The file is cut once and not shuffled: its neighbours are alike, and a shuffled split would
    test on near copies of training images.
    """
    from sklearn.datasets import load_digits

    digits = load_digits()
    labels = digits.target.astype(np.int64)
    # Linear interpolation, first down the rows, then along the columns: images @ A.T per axis.
    centres = (np.arange(28) + 0.5) * 8 / 28 - 0.5
    weights = np.stack([np.interp(centres, np.arange(8), row) for row in np.eye(8)], axis=1)
    images = np.rint(weights @ digits.images @ weights.T * (255 / 16)).astype(np.uint8)
    cut = len(images) * 4 // 5
    return Mnist(
        images[:cut],
        labels[:cut],
        images[cut:],
        labels[cut:],
        "digits",
        f"scikit-learn digits (8x8 resized to 28x28): {cut:,} + {len(images) - cut:,} images; "
        f"no MNIST: {why}",
    )
