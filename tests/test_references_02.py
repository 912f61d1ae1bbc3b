"""The references of chapter 02 are proved here, and the lesson's own code: see tests/oracle.py."""

import json
from pathlib import Path

import numpy as np
import pytest

from autograder.extract import read
from autograder.grader import Grader
from tests.oracle import all_cases, close, reference

LESSON = Path(__file__).parents[1] / "chapters" / "02_rnn.ipynb"
MARK = "# <- break me"

# ---------------------------------------------------------------- PyTorch


def torch_rnn(W_x, W_h, b):
    """Return an nn.RNN with these weights; b stands in bias_ih, bias_hh is zero."""
    torch = pytest.importorskip("torch")
    layer = torch.nn.RNN(W_x.shape[1], W_h.shape[1], batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.tensor(W_x))
        layer.weight_hh_l0.copy_(torch.tensor(W_h))
        layer.bias_ih_l0.copy_(torch.tensor(b))
        layer.bias_hh_l0.zero_()
    return layer


def test_rnn_cell_is_that_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("rnn_cell"):
        layer = torch_rnn(case["W_x"], case["W_h"], case["b"])
        x, h = (torch.tensor(case[key]) for key in ("x", "h"))
        with torch.no_grad():
            outputs, _ = layer(x[:, None], h[None])
        close(reference("rnn_cell")(**case), outputs[:, 0].numpy())


def test_rnn_forward_is_that_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("rnn_forward"):
        layer = torch_rnn(case["W_x"], case["W_h"], case["b"])
        with torch.no_grad():
            outputs, _ = layer(torch.tensor(case["x"]), torch.tensor(case["h0"])[None])
        close(reference("rnn_forward")(**case), outputs.numpy())


def test_readout_is_a_linear_layer_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("readout"):
        hs, W_y, b_y = (torch.tensor(value) for value in case.values())
        close(reference("readout")(**case), torch.nn.functional.linear(hs, W_y, b_y).numpy())


# ---------------------------------------------------------------- against one another


def test_rnn_forward_repeats_rnn_cell():
    step = reference("rnn_cell")
    for case in all_cases("rnn_forward"):
        x, h, *parameters = case.values()
        hs = reference("rnn_forward")(**case)
        for t in range(x.shape[1]):
            h = step(x[:, t], h, *parameters)
            close(hs[:, t], h)


# ---------------------------------------------------------------- the lesson


@pytest.mark.parametrize("task", ["rnn_cell", "rnn_forward", "readout"])
def test_the_lessons_code_passes_its_own_exercises(sandbox, task):
    assert Grader(sandbox).grade(read(LESSON), task, 1).status == "passed"


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
    [
        "x @ W_x.T + h @ W_h + b",
        "x @ W_x.T + h @ W_h.T",
        "x @ W_x.T + b",
        "h @ W_h.T + b",
        "(x @ W_x.T) * (h @ W_h.T) + b",
    ],
)
def test_breaking_the_marked_line_turns_the_assertion_red(broken):
    source = up_to_the_assertion()
    right = f"z = x @ W_x.T + h @ W_h.T + b  {MARK}"
    assert source.count(right) == 1
    with pytest.raises(AssertionError):
        exec(source.replace(right, f"z = {broken}"), {"np": np})
