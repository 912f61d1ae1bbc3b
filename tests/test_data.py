"""The data loader: no network, no MNIST; the real files too where UNROLLED_DATA has them."""

import gzip
import hashlib
import os
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from unrolled import data

REAL = os.environ.get("UNROLLED_DATA")


def idx(array):
    header = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    return header + array.astype(np.uint8).tobytes()


@pytest.fixture
def files(monkeypatch):
    """Four small IDX files, whose checksums replace the real ones."""
    rng = np.random.default_rng(0)
    content = {
        "train-images-idx3-ubyte": idx(rng.integers(0, 256, (7, 28, 28))),
        "train-labels-idx1-ubyte": idx(rng.integers(0, 10, 7)),
        "t10k-images-idx3-ubyte": idx(rng.integers(0, 256, (3, 28, 28))),
        "t10k-labels-idx1-ubyte": idx(rng.integers(0, 10, 3)),
    }
    sums = {name: hashlib.sha256(raw).hexdigest() for name, raw in content.items()}
    monkeypatch.setattr(data, "MNIST_SHA256", sums)
    return content


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path):
    """No data folder, an empty cache, no network, unless a test says otherwise."""
    monkeypatch.delenv("UNROLLED_DATA", raising=False)
    monkeypatch.delenv("UNROLLED_OFFLINE", raising=False)
    monkeypatch.setattr(
        data.platformdirs, "user_cache_dir", lambda *a, **k: str(tmp_path / "cache")
    )
    monkeypatch.setattr(data, "MIRRORS", ())
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def write(folder, files, compress):
    folder.mkdir(parents=True, exist_ok=True)
    for name, raw in files.items():
        if compress:
            (folder / f"{name}.gz").write_bytes(gzip.compress(raw))
        else:
            (folder / name).write_bytes(raw)
    return folder


def in_cache(tmp_path):
    return sorted(path.name for path in (tmp_path / "cache").rglob("*") if path.is_file())


@pytest.fixture
def mirror(monkeypatch):
    """A mirror on this machine; what it serves, and what it was asked, are its attributes."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.answer(body=False)

        def do_GET(self):
            self.answer(body=True)

        def answer(self, body):
            server.asked.append(self.path)
            content = server.serves.get(self.path.strip("/"))
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            if body and content is not None:
                self.wfile.write(content)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.serves, server.asked = {}, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(data, "MIRRORS", (f"http://127.0.0.1:{server.server_port}/",))
    yield server
    server.shutdown()
    server.server_close()


# --- $UNROLLED_DATA ---------------------------------------------------------------------------


@pytest.mark.parametrize("compress", [True, False])
def test_reads_the_data_folder(files, tmp_path, monkeypatch, compress, capsys):
    monkeypatch.setenv("UNROLLED_DATA", str(write(tmp_path / "d", files, compress)))
    mnist = data.load_mnist()
    assert mnist.source == "mnist"
    assert mnist.description == "MNIST: 7 + 3 images, from $UNROLLED_DATA"
    assert mnist.train_images.shape == (7, 28, 28)
    assert mnist.train_images.dtype == np.uint8
    assert mnist.train_images.flags.writeable
    assert mnist.train_labels.shape == (7,)
    assert mnist.train_labels.dtype == np.int64
    assert mnist.test_images.shape == (3, 28, 28)
    assert mnist.test_labels.shape == (3,)
    assert idx(mnist.test_images) == files["t10k-images-idx3-ubyte"]
    assert idx(mnist.test_labels) == files["t10k-labels-idx1-ubyte"]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("damage", ["truncated", "one byte", "not gzip", "another file"])
@pytest.mark.parametrize("compress", [True, False])
def test_a_damaged_file_is_named_in_one_sentence(files, tmp_path, monkeypatch, compress, damage):
    folder = write(tmp_path / "d", files, compress)
    path = folder / ("t10k-images-idx3-ubyte" + (".gz" if compress else ""))
    raw = path.read_bytes()
    if damage == "truncated":
        path.write_bytes(raw[:-100])
    elif damage == "one byte":
        middle = len(raw) // 2
        path.write_bytes(raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :])
    elif damage == "not gzip":
        path.write_bytes(b"<html>Please log in</html>")
    else:
        path.write_bytes((folder / path.name.replace("t10k", "train")).read_bytes())
    monkeypatch.setenv("UNROLLED_DATA", str(folder))
    with pytest.raises(data.DataError) as error:
        data.load_mnist()
    message = str(error.value)
    assert str(path) in message
    assert "\n" not in message
    assert "delete it" in message
    assert "请删除" in message


@pytest.mark.parametrize("missing", ["one file", "all"])
def test_a_missing_file_means_the_next_place(files, tmp_path, monkeypatch, missing, capsys):
    folder = tmp_path / "d"
    if missing == "one file":
        write(folder, files, compress=True)
        (folder / "t10k-labels-idx1-ubyte.gz").unlink()
    monkeypatch.setenv("UNROLLED_DATA", str(folder))
    mnist = data.load_mnist()
    assert mnist.source == "digits"
    assert "not in $UNROLLED_DATA" in mnist.description
    assert "没有找到 MNIST" in capsys.readouterr().out


# --- cache and network ------------------------------------------------------------------------


def test_downloads_once_into_the_cache(files, tmp_path, mirror):
    mirror.serves = {f"{name}.gz": gzip.compress(raw) for name, raw in files.items()}
    first = data.load_mnist()
    assert first.description == "MNIST: 7 + 3 images, from the network, now in the cache"
    assert in_cache(tmp_path) == sorted(mirror.serves)
    asked = len(mirror.asked)
    second = data.load_mnist()
    assert second.description == "MNIST: 7 + 3 images, from the cache"
    assert len(mirror.asked) == asked
    assert np.array_equal(first.train_images, second.train_images)


def test_a_damaged_cache_is_replaced(files, tmp_path, mirror):
    mirror.serves = {f"{name}.gz": gzip.compress(raw) for name, raw in files.items()}
    data.load_mnist()
    for path in (tmp_path / "cache").rglob("t10k-images*"):
        path.write_bytes(path.read_bytes()[:50])
    assert data.load_mnist().source == "mnist"
    assert data.load_mnist().description.endswith("from the cache")


@pytest.mark.parametrize("fault", ["a login page", "truncated", "404"])
def test_a_bad_mirror_leaves_nothing_behind(files, tmp_path, mirror, fault):
    mirror.serves = {f"{name}.gz": gzip.compress(raw) for name, raw in files.items()}
    last = "t10k-labels-idx1-ubyte.gz"
    if fault == "a login page":
        mirror.serves[last] = b"<html>Please log in</html>"
    elif fault == "truncated":
        mirror.serves[last] = mirror.serves[last][:-5]
    else:
        del mirror.serves[last]
    mnist = data.load_mnist()
    assert mnist.source == "digits"
    assert "no mirror answered with the right files" in mnist.description
    assert in_cache(tmp_path) == []


def test_the_second_mirror_helps(files, mirror, monkeypatch):
    mirror.serves = {f"good/{name}.gz": gzip.compress(raw) for name, raw in files.items()}
    (base,) = data.MIRRORS
    monkeypatch.setattr(data, "MIRRORS", (f"{base}empty/", f"{base}good/"))
    assert data.load_mnist().source == "mnist"


def test_a_cache_that_cannot_be_written_is_no_obstacle(files, tmp_path, mirror):
    mirror.serves = {f"{name}.gz": gzip.compress(raw) for name, raw in files.items()}
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert data.load_mnist().source == "mnist"


def test_offline_asks_nobody(mirror, monkeypatch):
    monkeypatch.setenv("UNROLLED_OFFLINE", "1")
    mnist = data.load_mnist()
    assert mirror.asked == []
    assert "UNROLLED_OFFLINE=1" in mnist.description


@pytest.mark.parametrize(
    "mirrors",
    [
        ("http://127.0.0.1:9/", "http://127.0.0.1:10/"),  # refused
        ("http://10.255.255.1/", "http://192.0.2.1/"),  # no route, or packets that vanish
        ("https://mirror.invalid/", "https://other.invalid/"),  # no such name
    ],
)
def test_gives_up_within_ten_seconds(monkeypatch, mirrors):
    monkeypatch.setattr(data, "MIRRORS", mirrors)
    start = time.monotonic()
    assert data.load_mnist().source == "digits"
    assert time.monotonic() - start < 10


@pytest.mark.slow
def test_gives_up_within_ten_seconds_when_nobody_answers(monkeypatch):
    """A connection that is accepted and then silent, and a name server that never answers."""
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        base = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        monkeypatch.setattr(data, "MIRRORS", (base, "http://never.invalid/"))
        real = socket.getaddrinfo

        def slow(host, *args, **kwargs):
            if host == "never.invalid":
                time.sleep(12)
            return real(host, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", slow)
        start = time.monotonic()
        assert data.load_mnist().source == "digits"
        assert time.monotonic() - start < 10


def test_an_interrupted_write_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(data.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        data._write_atomically(tmp_path / "cache" / "file.gz", b"content")
    assert in_cache(tmp_path) == []


# --- bundled digits, budget, the real files ---------------------------------------------------


def test_bundled_digits(capsys):
    digits = data.load_mnist()
    said = capsys.readouterr().out
    assert "MNIST was not found" in said
    assert "没有找到 MNIST" in said
    assert digits.source == "digits"
    assert digits.description.startswith("scikit-learn digits")
    assert "\n" not in digits.description
    assert digits.train_images.shape == (1437, 28, 28)
    assert digits.test_images.shape == (360, 28, 28)
    for images, labels in (
        (digits.train_images, digits.train_labels),
        (digits.test_images, digits.test_labels),
    ):
        assert images.dtype == np.uint8
        assert labels.dtype == np.int64
        assert len(images) == len(labels)
        assert set(labels.tolist()) == set(range(10))
        assert images.min() == 0
        assert images.max() > 200  # linear interpolation keeps the range
    again = data.load_mnist()
    assert np.array_equal(digits.train_images, again.train_images)


def test_resized_digits_keep_their_orientation():
    from sklearn.datasets import load_digits

    small = load_digits().images[0]  # (8, 8), 0 to 16
    large = data.load_mnist().train_images[0]
    middles = [3 * k + k // 2 + 1 for k in range(8)]
    coarse = large[np.ix_(middles, middles)]
    assert np.corrcoef(small.ravel(), coarse.ravel())[0, 1] > 0.95


def test_no_path_of_this_machine_in_the_description(files, tmp_path, monkeypatch):
    monkeypatch.setenv("UNROLLED_DATA", str(write(tmp_path / "d", files, True)))
    assert str(tmp_path) not in data.load_mnist().description


def test_budget(monkeypatch):
    monkeypatch.delenv("UNROLLED_BUDGET", raising=False)
    assert data.budget() == "full"
    monkeypatch.setenv("UNROLLED_BUDGET", "small")
    assert data.budget() == "small"
    monkeypatch.setenv("UNROLLED_BUDGET", "tiny")
    with pytest.raises(ValueError, match="tiny"):
        data.budget()


def test_the_module_imports_no_framework():
    import subprocess
    import sys

    code = (
        "import sys, unrolled.data\n"
        "print(sorted({'torch', 'tensorflow', 'pooch', 'sklearn'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "[]"


@pytest.mark.skipif(not REAL, reason="UNROLLED_DATA is not set: real MNIST not checked")
def test_the_real_mnist(monkeypatch, capsys):
    monkeypatch.setenv("UNROLLED_DATA", str(REAL))
    mnist = data.load_mnist()
    if mnist.source == "digits":
        pytest.skip("UNROLLED_DATA has no MNIST")
    assert mnist.description == "MNIST: 60,000 + 10,000 images, from $UNROLLED_DATA"
    assert mnist.train_images.shape == (60_000, 28, 28)
    assert mnist.train_labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert mnist.test_labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert np.bincount(mnist.test_labels).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]  # fmt: skip
    assert capsys.readouterr() == ("", "")
