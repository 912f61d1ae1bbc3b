"""The README says what `benchmarks/` measured, in both languages, and shows what the grader says."""

import json

import pytest

from autograder.feedback import as_text, render
from autograder.registry import load_task
from benchmarks.times import RESULTS, ROOT, with_table


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_the_table_is_what_was_measured(name, language):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert with_table(text, json.loads(RESULTS.read_text()), language) == text


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_the_example_is_what_the_grader_says(name, language, grade):
    task = load_task("lstm_cell")
    wrong = next(m for m in task.misconceptions if m.id == "forget-inverted")
    result = grade(wrong.apply(task.reference), task)
    said = as_text(result, render(result, language)).splitlines()[:5]
    assert "\n".join(said) in (ROOT / name).read_text(encoding="utf-8")
