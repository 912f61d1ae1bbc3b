"""What the committed lesson 10 shows: every system and every fault of the articles. Runs nothing.

The rows are those of shared/seed-errata.md, §3.6 (S1 to S7) and §3.4 (3-C1 to 3-C10).
"""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LESSON = ROOT / "chapters" / "10_keras.ipynb"

# row → what its cell's code holds, and what the cell (or for S4 the table) printed
SYSTEMS = {
    "S1": ("load_mnist()", r"MNIST: 60,000 \+ 10,000 images"),
    "S2": ("layers.SimpleRNN(64),  # (N, 64)", r"SimpleRNN: 6,602 parameters"),
    "S3": ("layers.LSTM(64), layers.Dense(10", r"LSTM: 24,458 parameters"),
    "S4": ("model.fit(x, y, epochs=2", r"(?s)SimpleRNN +loss.*LSTM +loss.*GRU +loss"),
    "S5": ("trained(layers.SimpleRNN(50, **BOTH))", r"states of the SimpleRNN: \[\(6, 50\)\]"),
    "S6": ("trained(layers.LSTM(50, **BOTH))", r"states of the LSTM: \[\(6, 50\), \(6, 50\)\]"),
    "S6 stateful": ("layers.LSTM(50, return_sequences=True, stateful=True", r""),
    "S7": ("reset_after=False, **BOTH", r"(?s)bias \(2, 150\).*bias \(150,\)"),
}
FAULTS = {
    "3-C1": ("# 1:", r"flat +: IndentationError"),
    "3-C2": ("# 2:", r"(?s)wrong: +\{'RNN': 12200, 'LSTM': 12200.*right: +RNN 3050"),
    "3-C3": ("# 3:", r"fit\(stateful=True\) +: TypeError"),
    "3-C4": (
        "# 4:",
        r"(?s)six +: ValueError.*two +: no error, output \(4, 5\), state \(4, 5\).*right: output",
    ),
    "3-C5": ("# 5:", r"(?s)two names +: ValueError.*right: three names"),
    "3-C6": ("# 6:", r"(?s)LSTM +: IndexError.*GRU +: no error, \(6, 5\).*right: \[h, c\]"),
    "3-C7": ("# 7:", r"(?s)returns \(output, state\): KeyError.*right: the output alone: no error"),
    "3-C8": (
        "# 8:",
        r"(?s)Dense\(1\).*no error.*shapes equal: False.*Dense\(3\).*no error.*equal: True",
    ),
    "3-C9": ("# 9:", r"(?s)loss of one Dense layer 0.0.*0.08 = 1/12"),
    "3-C10": ("# 10:", r"(?s)10 x 10 x 10.*10 answers.*6 x 4 x 3.*4 answers"),
    "0-11, 0-12": ("def reused()", r"compiled one, trained the other: ValueError: You must call"),
    "old names": ("batch_input_shape", r"(?s)batch_input_shape.*ValueError.*AttributeError"),
}


@pytest.fixture(scope="module")
def cells():
    """Return (source, what it printed) of each code cell."""
    return [
        (
            "".join(cell["source"]),
            "".join("".join(output.get("text", "")) for output in cell["outputs"]),
        )
        for cell in json.loads(LESSON.read_text("utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]


@pytest.mark.parametrize("row", SYSTEMS | FAULTS)
def test_each_row_has_its_cell(row, cells):
    phrase, printed = (SYSTEMS | FAULTS)[row]
    found = [(source, output) for source, output in cells if phrase in source]
    assert len(found) == 1, f"{row}: {len(found)} cells hold {phrase!r}"
    assert re.search(printed, found[0][1]), found[0][1]


def test_states_and_faults_are_asserted_where_they_stand(cells):
    """A cell on a state or a fault checks what it says, so that nbval runs the check."""
    for row in ("S5", "S6", "S6 stateful", "S7", "3-C2", "3-C3", "3-C8", "3-C9"):
        phrase = (SYSTEMS | FAULTS)[row][0]
        (source,) = (source for source, _ in cells if phrase in source)
        assert re.search(r"(?m)^ *assert ", source), row


def test_the_stored_run_is_the_full_one(cells):
    (printed,) = (output for source, output in cells if "model.fit(x, y, epochs=2" in source)
    rows = re.findall(r"accuracy (\d\d\.\d\d)%  \(60,000 images, 2 epochs\)", printed)
    assert len(rows) == 3
    assert all(float(accuracy) > 90 for accuracy in rows)


def test_predictions_of_the_next_row_beat_the_copy(cells):
    (printed,) = (output for source, output in cells if "copy this row" in source)
    errors = [float(number) for number in re.findall(r"error (0\.\d+)", printed)]
    assert len(errors) == 5
    assert max(errors[1:]) < 0.8 * errors[0]


def test_a_batch_of_one_is_broadcast_by_a_stateful_layer(cells):
    assert any("in: 7  out: 9" in output for _, output in cells)


def test_both_backends_and_both_directions_agree(cells):
    printed = "\n".join(output for _, output in cells)
    assert "backend: torch\nsame probabilities: True\nsame loss: True" in printed
    for kind in ("RNN", "LSTM", "GRU"):
        assert re.search(rf"torch to Keras, {kind}: True\nand back: +True", printed)


def test_the_comparison_is_complete_and_fair():
    table = json.loads((ROOT / "benchmarks" / "keras_classifiers.json").read_text())
    runs = {}
    for run in table["runs"]:
        runs.setdefault((run["layer"], run["units"]), []).append(run)
    assert all(sorted(run["seed"] for run in found) == [0, 1, 2] for found in runs.values())
    assert {layer for layer, units in runs if units == 64} == {"SimpleRNN", "LSTM", "GRU"}
    goal = runs["LSTM", 64][0]["parameters"]
    matched = [found[0]["parameters"] for (_, units), found in runs.items() if units != 64]
    assert len(matched) == 2
    assert all(abs(count - goal) < 0.01 * goal for count in matched)


def test_the_benchmark_counts_parameters_right():
    from benchmarks.keras_classifiers import parameters, runs

    assert [parameters(layer, 64) for layer in ("SimpleRNN", "LSTM", "GRU")] == [6602, 24458, 18698]
    assert runs()[3:] == [("SimpleRNN", 138), ("GRU", 75)]
