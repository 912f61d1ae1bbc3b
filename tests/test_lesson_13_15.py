"""Lessons 13 and 15: their scans, their layers in PyTorch, and what their benchmarks have written."""

import json
from pathlib import Path

import numpy as np
import pytest

from autograder.extract import read
from autograder.grader import Grader
from tests.oracle import all_cases, close, reference

torch = pytest.importorskip("torch")
modern = pytest.importorskip("unrolled.modern")

ROOT = Path(__file__).parents[1]
LESSON = ROOT / "chapters" / "13_modern.ipynb"
MARK = "# <- break me"


def tensors(*shapes):
    generator = torch.Generator().manual_seed(0)
    return [
        torch.randn(shape, generator=generator, dtype=torch.float64).requires_grad_()
        for shape in shapes
    ]


# ---------------------------------------------------------------- unrolled.modern


@pytest.mark.parametrize("method", modern.METHODS)
@pytest.mark.parametrize("T", [1, 2, 5, 9, 16, 30])
def test_scans_are_the_recurrence(method, T):
    a, b, h0 = tensors((2, T, 3), (2, T, 3), (2, 3))
    a.data[:, T // 2] = 0
    h, states = h0, []
    for t in range(T):
        h = a[:, t] * h + b[:, t]
        states.append(h)
    hs = modern.scan(a, b, h0, method)
    close(hs.detach().numpy(), torch.stack(states, dim=1).detach().numpy())
    assert torch.autograd.gradcheck(lambda *given: modern.scan(*given, method), (a, b, h0))


def test_min_gru_is_that_of_the_task():
    for case in all_cases("min_gru"):
        x, _, W_z, b_z, W_n, b_n = (torch.tensor(v) for v in case.values())
        layer = modern.MinGRU(x.shape[2], len(b_z)).double()
        with torch.no_grad():
            layer.affine.weight.copy_(torch.cat([W_z, W_n]))
            layer.affine.bias.copy_(torch.cat([b_z, b_n]))
            hs, last = layer(x)
        zero = {**case, "h0": np.zeros_like(case["h0"])}
        close(hs.numpy(), reference("min_gru")(**zero))
        close(last.numpy(), hs[:, -1].numpy())


def test_min_lstm_and_the_layer_in_log_space_step_by_step():
    torch.manual_seed(0)
    x = torch.randn(2, 20, 3, dtype=torch.float64)
    for kind, blocks in ((modern.MinLSTM, 3), (modern.LogMinGRU, 2)):
        layer = kind(3, 4).double()
        hs, last = layer(x)
        h = torch.zeros(2, 4, dtype=torch.float64)
        for t in range(20):
            parts = layer.affine(x[:, t]).chunk(blocks, dim=1)
            if blocks == 3:
                i, f, g = parts[0].sigmoid(), parts[1].sigmoid(), parts[2]
                h = (f * h + i * g) / (f + i)
            else:
                z, v = parts[0].sigmoid(), parts[1]
                h = z * h + (1 - z) * torch.where(v >= 0, v + 0.5, v.sigmoid())
            close(hs[:, t].detach().numpy(), h.detach().numpy())
        close(last.detach().numpy(), h.detach().numpy())


# ---------------------------------------------------------------- lesson 13


def up_to_the_assertion():
    """Return NumPy, and the code of the marked line's cell."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    (marked,) = [source for source in sources if MARK in source]
    return "import numpy as np\nrng = np.random.default_rng(0)\n" + marked


def test_the_assertion_is_green():
    exec(up_to_the_assertion(), {})


@pytest.mark.parametrize(
    "broken",
    [
        "a[:, earlier] * b[:, earlier] + b[:, reach:]",
        "b[:, earlier] + b[:, reach:]",
        "later * b[:, reach:] + b[:, earlier]",
        "later * b[:, earlier]",
    ],
)
def test_breaking_the_marked_line_turns_the_assertion_red(broken):
    source, right = up_to_the_assertion(), f"later * b[:, earlier] + b[:, reach:]  {MARK}"
    assert source.count(right) == 1
    with pytest.raises(AssertionError, match="wrong for T ="):
        exec(source.replace(right, broken), {})


@pytest.mark.parametrize("task", ["linear_scan", "min_gru"])
def test_the_lessons_code_passes_its_own_exercises(sandbox, task):
    assert Grader(sandbox).grade(read(LESSON), task, 1).status == "passed"


# ---------------------------------------------------------------- what the benchmarks wrote


def test_the_results_are_complete():
    written = json.loads((ROOT / "benchmarks" / "modern.json").read_text())
    assert list(written["time"]) == ["28", "784", "4096"]
    assert all(len(rows) == 6 for rows in written["time"].values())
    assert all(len(entry["test"]) == 3 for entry in written["accuracy"].values())

    written = json.loads((ROOT / "benchmarks" / "choosing.json").read_text())
    assert len(written["tasks"]) == 6
    for entry in written["tasks"].values():
        assert list(entry["runs"]) == ["RNN", "LSTM", "GRU", "minGRU", "minGRU x2", "LSTM b3"]
        assert all([run["seed"] for run in runs] == [0, 1, 2] for runs in entry["runs"].values())


def test_what_lesson_15_says_of_the_results_holds():
    tasks = json.loads((ROOT / "benchmarks" / "choosing.json").read_text())["tasks"]

    def score(task, cell):
        return np.median([run["score"] for run in tasks[task]["runs"][cell]])

    assert max(score("parity", "minGRU"), score("parity", "minGRU x2")) < 0.6
    assert score("parity", "LSTM") == score("parity", "GRU") == 1
    assert score("copying", "RNN") > score("copying", "LSTM b3") > 2 * score("copying", "LSTM")
    assert score("scattered pixels", "LSTM b3") < score("scattered pixels", "LSTM")
    for cell in ("GRU", "minGRU", "minGRU x2"):
        assert score("adding", cell) < tasks["adding"]["chance"] / 50
    for cell in ("RNN", "LSTM", "LSTM b3"):
        assert score("adding", cell) > 0.8 * tasks["adding"]["chance"]
