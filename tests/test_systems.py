"""Every system that the source articles describe has a cell: shared/seed-errata.md, §3.6.

Rows S1 to S7 are in test_lesson_10.py, with what their cells printed. Nothing is run here: nbval runs
the cells.
"""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# row → for each lesson, what stands in one of its code cells
SYSTEMS = {
    "S8 every tip, before and after": {
        "07_training": ["benchmarks/tips.json", "batch_norm, layer_norm", "def clipped("]
    },
    "S9 text classifier in PyTorch": {
        "11_text_and_time": ["pack_padded_sequence(", "padding_idx=0", "enforce_sorted=False"]
    },
    "S10 LSTM on MNIST": {
        "09_pytorch": ["torch.save(", "map_location=device", "weights_only=True", "confusion"]
    },
    "S11 RNN and LSTM cells, in NumPy and torch": {
        "02_rnn": ["def rnn_cell("],
        "05_lstm": ["def lstm_cell(", "def lstm_cell_backward("],
        "09_pytorch": ['weights[f"weight_hh_l{layer}"]'],
    },
    "S12 GRU cell, both variants": {"06_gru": ["def gru_cell(", "def gru_cell_before("]},
    "S13 losses, BPTT, clipping, starts, optimisers": {
        "07_training": ["def cross_entropy(", "def momentum(", "def rmsprop(", "def adam("],
        "03_bptt": ["def rnn_backward("],
        "04_gradients": ["by_norm, by_value", "orthogonal_"],
    },
    "S14 stacked, both directions": {"08_architectures": ["num_layers=", "bidirectional=True"]},
    "S15 GPU": {"12_gpu": ["torch.autocast(", "torch.compile(", "CUDAGraph(", "torchrun("]},
}


@pytest.mark.parametrize("row", SYSTEMS)
def test_the_row_has_its_cells(row):
    for lesson, phrases in SYSTEMS[row].items():
        cells = json.loads((ROOT / "chapters" / f"{lesson}.ipynb").read_text("utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        for phrase in phrases:
            assert any(phrase in cell for cell in code), f"{lesson}: no cell with {phrase}"


@pytest.mark.parametrize("task", ["peephole_lstm_cell", "variational_dropout", "stacked_rnn"])
def test_what_the_articles_only_name_is_a_task(task):
    assert (ROOT / "autograder" / "exercises" / task / "reference.py").is_file()
