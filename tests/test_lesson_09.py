"""What the committed lesson 09 shows: an accuracy from the 10,000 real test images. Runs nothing."""

import json
import re
from pathlib import Path

import pytest

LESSON = Path(__file__).parents[1] / "chapters" / "09_pytorch.ipynb"


@pytest.fixture(scope="module")
def printed():
    """Return what each code cell printed, by the cell's id."""
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    return {
        cell["id"]: "".join("".join(output.get("text", "")) for output in cell["outputs"])
        for cell in cells
        if cell["cell_type"] == "code"
    }


def test_the_stored_accuracy_is_measured_on_mnist(printed):
    match = re.fullmatch(
        r"(\d\d\.\d\d) % of 10,000 test images \(MNIST, seed \d+, (.+)\)\n",
        printed["test-accuracy"],
    )
    assert match, printed["test-accuracy"]
    assert 98 <= float(match[1]) < 100
    assert match[2]  # the hardware


def test_the_stored_run_is_the_full_one(printed):
    assert printed["data"] == "MNIST: 60,000 + 10,000 images, from $UNROLLED_DATA\n"
    assert len(re.findall(r"(?m)^epoch +\d+: ", printed["training-run"])) == 5


def test_the_checkpoint_answers_the_same(printed):
    assert "214,282 parameters" in printed["model-code"]
    assert "bit for bit" in printed["saving-code"]


def test_the_check_of_independence_catches_both_mistakes(printed):
    rows = [line.split() for line in printed["wrong-batch-code"].splitlines()[1:]]
    assert [row[-1] for row in rows] == ["True", "False", "False"]
