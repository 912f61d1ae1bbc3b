"""What `make` installs fits together, and a torch that is there stays."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def pins(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in pairs}


def test_the_books_pins_are_the_constraints_and_light():
    book, everything = pins("requirements/book.txt"), pins("constraints.txt")
    book = {
        k: v for k, v in book.items() if k not in ("setuptools", "wheel")
    }  # pip leaves them out
    assert {k: v for k, v in book.items() if everything.get(k) != v} == {}
    assert not {"torch", "tensorflow-cpu", "keras", "numpy", "matplotlib"} & set(book)
    assert everything["torch"] == "2.13.0"
    assert everything["tensorflow-cpu"] == "2.21.0"


def test_a_torch_that_is_installed_is_left_out_of_the_constraints(tmp_path):
    """The Makefile's own lines, with a Python that has torch and with one that has not."""
    makefile = (ROOT / "Makefile").read_text()
    rule = re.search(r"\tif (.*?) > \$\(VENV\)/constraints.txt", makefile, re.DOTALL)
    line = "if " + rule[1].replace("\\\n", "")
    for has_torch, expected in (("true", False), ("false", True)):
        command = line.replace('$(BIN)/python -c "import torch"', has_torch)
        done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0
        assert ("torch==" in done.stdout) == expected
        assert "numpy==" in done.stdout
