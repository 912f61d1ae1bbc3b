"""What the committed lesson 09 shows, and what its recipe for better training is made of.

Nothing is trained here: the accuracies are those that the stored run and the benchmark measured.
"""

import json
import re
import statistics
from dataclasses import asdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LESSON = ROOT / "chapters" / "09_pytorch.ipynb"
RESULTS = json.loads((ROOT / "benchmarks" / "mnist_classifiers.json").read_text("utf-8"))


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


def test_the_tables_are_those_of_the_benchmark(printed):
    rows = {line.split()[0]: line for line in printed["three-table"].splitlines()[1:]}
    rows |= {line.split()[0]: line for line in printed["better-table"].splitlines()[1:]}
    assert list(rows) == ["rnn", "lstm", "gru", "article", "better"]
    for name, row in rows.items():
        scores = [100 * run["test_accuracy"] for run in RESULTS["recipes"][name]["runs"]]
        assert f"{statistics.mean(scores):.2f} %" in row
        assert f"({min(scores):.2f} to {max(scores):.2f})" in row


def test_better_training_alone_takes_the_articles_network_to_99_percent():
    article, better = (RESULTS["recipes"][name] for name in ("article", "better"))
    same = ("cell", "hidden_size", "num_layers", "epochs")
    assert [article["recipe"][key] for key in same] == [better["recipe"][key] for key in same]
    for entry in (article, better):
        assert [run["seed"] for run in entry["runs"]] == [0, 1, 2]
        assert {run["parameters"] for run in entry["runs"]} == {214_282}
    assert statistics.mean(run["test_accuracy"] for run in article["runs"]) > 0.982
    assert statistics.mean(run["test_accuracy"] for run in better["runs"]) >= 0.99


def test_the_results_are_those_of_the_recipes_in_the_code():
    pytest.importorskip("torch")
    from benchmarks.mnist_classifiers import RECIPES

    for name, recipe in RECIPES.items():
        assert RESULTS["recipes"][name]["recipe"] == asdict(recipe)
        assert len(RESULTS["recipes"][name]["runs"]) == 3


def test_what_is_dangerous_is_shown_refused_and_then_right(printed):
    lines = printed["saving-2-code"].splitlines()
    assert lines[0] == "without map_location: RuntimeError"
    assert lines[1].endswith("{'cpu'}")
    assert lines[2].endswith("UnpicklingError")
    text = printed["wrong-text-code"]
    assert "Expected hidden size (1, 1, 20), got [1, 100, 20]" in text
    assert "(1, 5) answers for 100 labels" in text
    assert text.endswith("four texts, four right answers: True\n")


# ---------------------------------------------------------------- what the recipe is made of


def test_prepare_lstm_sets_the_forget_bias_once_and_each_block_orthogonal():
    torch = pytest.importorskip("torch")
    from unrolled.training import prepare_lstm

    lstm = torch.nn.LSTM(3, 5, 2)
    before = lstm.bias_ih_l1.detach().clone()
    prepare_lstm(lstm)
    for layer in (0, 1):
        for block in getattr(lstm, f"weight_hh_l{layer}").split(5):
            torch.testing.assert_close(block @ block.T, torch.eye(5))
        total = getattr(lstm, f"bias_ih_l{layer}") + getattr(lstm, f"bias_hh_l{layer}")
        assert torch.equal(total[5:10], torch.ones(5))
    assert torch.equal(lstm.bias_ih_l1[:5], before[:5])  # the other gates' are left alone


def test_warmup_cosine_rises_for_a_tenth_and_ends_near_zero():
    torch = pytest.importorskip("torch")
    from unrolled.training import warmup_cosine

    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=2.0)
    schedule = warmup_cosine(optimizer, 100)
    rates = []
    for _ in range(100):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    assert rates[:10] == pytest.approx([0.2 * k for k in range(1, 11)])
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[55] == pytest.approx(1.0)
    assert rates[-1] < 1e-3


def test_random_affine_moves_by_what_it_is_told_and_by_nothing_else():
    torch = pytest.importorskip("torch")
    from unrolled.training import random_affine

    images = torch.zeros(200, 28, 28)
    images[:, 10:18, 12:16] = 1
    still = random_affine(images, torch.Generator().manual_seed(0), 0, 0, 0, 0)
    torch.testing.assert_close(still, images)

    def centres(pictures):
        weights = pictures / pictures.sum(dim=(1, 2), keepdim=True)
        place = torch.arange(28.0)
        return torch.stack(
            [(weights.sum(dim=2) * place).sum(1), (weights.sum(dim=1) * place).sum(1)]
        )

    shifted = random_affine(images, torch.Generator().manual_seed(0), 0, 0, 0, 2.0)
    moves = (centres(shifted) - centres(images)).abs()
    assert 1.8 < moves.max() <= 2.01
    again = random_affine(images, torch.Generator().manual_seed(0), 0, 0, 0, 2.0)
    assert torch.equal(shifted, again)
    assert not torch.equal(shifted[0], shifted[1])
