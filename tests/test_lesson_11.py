"""Lesson 11: its code passes its own exercises; its texts are there; rows S9 and S14 have cells."""

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from autograder.extract import read
from autograder.grader import Grader

LESSON = Path(__file__).parents[1] / "chapters" / "11_text_and_time.ipynb"
TASKS = ["stream_batches", "sample_token", "perplexity", "sliding_windows"]


def code():
    """Return the lesson's code cells."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def cell_with(text):
    (found,) = (source for source in code() if text in source)
    return found


@pytest.mark.parametrize("task", TASKS)
def test_the_lessons_code_passes_its_own_exercises(sandbox, task):
    assert Grader(sandbox).grade(read(LESSON), task, 1).status == "passed"


def test_texts_and_series_are_small_and_whole():
    folder = files("unrolled") / "texts"
    poems = (folder / "tang.txt").read_text(encoding="utf-8").split()
    assert len(poems) == len(set(poems)) == 60
    verses = [verse for poem in poems for verse in poem.replace("。", "，").split("，")[:-1]]
    assert {len(verse) for verse in verses} <= {5, 6, 7}
    sonnets = (folder / "shakespeare.txt").read_text(encoding="utf-8").strip().split("\n\n")
    assert [len(sonnet.split("\n")) for sonnet in sonnets] == [14] * 8
    years, spots = np.loadtxt(
        (folder / "sunspots.csv").read_text().split("\n"), delimiter=",", skiprows=1
    ).T
    assert np.array_equal(years, np.arange(1700, 2009))
    assert spots.min() >= 0
    assert sum(len(path.read_bytes()) for path in folder.iterdir()) < 60_000


def test_row_s9_a_text_classifier_with_tokens_embedding_padding_and_packing():
    """The class and the functions of the lesson, on lines of unequal length."""
    torch = pytest.importorskip("torch")
    names = {"torch": torch, "nn": torch.nn, "np": np, "vocabulary": {"a": 2, "b": 3, "c": 4}}
    names["numbers"] = lambda words: [names["vocabulary"].get(word, 1) for word in words]
    source = cell_with("class LineClassifier").split("\n\n\nshort, long")[0]
    exec(source, names)
    for packed in (True, False):
        model = names["LineClassifier"](packed).eval()
        batch = [["a"], ["b", "c", "unheard", "a"], ["c", "b"]]
        with torch.no_grad():
            together = model(batch)
            alone = torch.cat([model([line]) for line in batch])
        assert together.shape == (3, 2)
        assert torch.allclose(together, alone, atol=1e-6) == packed


def test_row_s9_what_the_source_showed_is_shown_for_what_it_is():
    """One step from zero is a dense layer; random labels are learned by heart, and no more."""
    torch = pytest.importorskip("torch")
    exec(cell_with("rnn, x = nn.RNN(10, 20"), {"torch": torch, "nn": torch.nn})  # it asserts


def test_row_s14_the_architectures_at_work():
    """One to many, many to one, many to many; dropout, weight decay; no bidirectional forecast."""
    source = "\n".join(code())
    for needed in ("def write(", "class LineClassifier", "class CharacterModel", "class Forecaster",
                   "nn.Dropout", "weight_decay=", "bidirectional=True", "clip_grad_norm_"):  # fmt: skip
        assert needed in source, needed
