"""The lesson's own code is right, and its assertion notices when it is not."""

import json
from pathlib import Path

import pytest

from autograder.extract import read
from autograder.grader import Grader

LESSON = Path(__file__).parents[1] / "chapters" / "05_lstm.ipynb"
MARK = "# <- break me"


def up_to_the_assertion():
    """Return the code from the marked line's cell to the first assertion after it."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    marked = next(k for k, source in enumerate(sources) if MARK in source)
    asserts = next(k for k, source in enumerate(sources) if k > marked and "assert" in source)
    return "import numpy as np\n" + "\n".join(sources[marked : asserts + 1])


def test_the_assertion_is_green():
    exec(up_to_the_assertion(), {})


@pytest.mark.parametrize(
    "broken",
    ["(1 - f) * c + i * g", "f * c + g", "i * g", "f * c", "i * c + f * g", "f * c + (1 - f) * g"],
)
def test_breaking_the_marked_line_turns_the_assertion_red(broken):
    source = up_to_the_assertion()
    right = f"c_next = f * c + i * g  {MARK}"
    assert source.count(right) == 1
    with pytest.raises(AssertionError, match="wrong for i ="):
        exec(source.replace(right, f"c_next = {broken}"), {})


@pytest.mark.parametrize("task", ["lstm_cell", "lstm_forward"])
def test_the_lessons_code_passes_its_own_exercises(sandbox, task):
    assert Grader(sandbox).grade(read(LESSON), task, 1).status == "passed"
