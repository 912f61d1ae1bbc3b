"""The README says what `benchmarks/` measured, in both languages, and shows what the grader says."""

import json

import pytest

from autograder.feedback import as_text, render
from autograder.registry import load_task
from benchmarks.report import HERE, READMES, ROOT, markdown, sections, with_table
from benchmarks.times import minutes_by_part


@pytest.mark.parametrize(("name", "language"), READMES.items())
def test_the_table_is_what_was_measured(name, language):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert with_table(text, language) == text
    assert markdown(language) in text


def test_the_results_are_what_was_measured():
    assert markdown("en") in (HERE / "results.md").read_text(encoding="utf-8")
    rows = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    assert [row["value"] for row in rows] == [r.value for s in sections() for r in s.rows]


def test_every_section_names_a_command_that_exists():
    for section in sections():
        module = section.command.split()[2].rpartition(".")[2]
        assert (HERE / f"{module}.py").is_file()


@pytest.mark.parametrize(("name", "language"), READMES.items())
def test_the_example_is_what_the_grader_says(name, language, grade):
    task = load_task("lstm_cell")
    wrong = next(m for m in task.misconceptions if m.id == "forget-inverted")
    result = grade(wrong.apply(task.reference), task)
    said = as_text(result, render(result, language)).splitlines()[:5]
    assert "\n".join(said) in (ROOT / name).read_text(encoding="utf-8")


def test_every_duration_counts_for_its_part():
    said = "60.00s call     tests/test_tasks.py::test_a[b]\n30.00s setup    chapters/05_lstm.ipynb::Cell 3\n90.00s call     tests/test_check.py::test_c\n"
    parts = {"tasks": 1.0, "notebooks": 0.5, "browser": 0.0, "grade": 0.0, "other": 1.5}
    assert minutes_by_part(said) == parts
    assert minutes_by_part(said.replace("call", "soon"))["other"] == 0.0
