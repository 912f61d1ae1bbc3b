"""How many wrong answers are named rightly; see wrong_answers/README.md.

Four sets of ninety, each written by someone who had seen only the statements. The first three were in
view when misconceptions were added later; the first run of each is in its README.
"""

import tomllib
from pathlib import Path

import pytest

FIRST = Path(__file__).with_name("wrong_answers")
TASKS = ("lstm_cell", "lstm_forward", "lstm_backward")
# Of 30 each. Of the fourth set it is the first run, with nothing added for it.
NAMED = {
    "first": {"lstm_cell": 30, "lstm_forward": 30, "lstm_backward": 30},
    "second": {"lstm_cell": 30, "lstm_forward": 30, "lstm_backward": 30},
    "third": {"lstm_cell": 30, "lstm_forward": 30, "lstm_backward": 30},
    "fourth": {"lstm_cell": 30, "lstm_forward": 29, "lstm_backward": 29},
}


def said(result):
    """Return what the grader named: mistakes, a sentence of its own, or symptoms."""
    if result.diagnosis is not None and result.diagnosis.mistakes:
        return {mistake.id for mistake in result.diagnosis.mistakes}
    if result.finding is not None and result.finding.key in ("input-modified", "wrong-count"):
        return {f"finding:{result.finding.key}"}
    symptoms = result.diagnosis.symptoms if result.diagnosis is not None else ()
    return {f"symptom:{finding.key}" for finding in symptoms}


def sorted_out(name, task_id, grade):
    """Return (named rightly, wrongly, not at all) of one set's answers to one task."""
    folder = FIRST if name == "first" else FIRST / name
    expected = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))[task_id]
    right, wrong, silent = [], [], []
    for number, alternatives in expected.items():
        result = grade((folder / task_id / f"{number}.py").read_text(encoding="utf-8"), task_id)
        assert result.status in ("failed", "error"), number
        names = said(result)
        if any(set(one.split(" + ")) == names for one in alternatives) or any(
            one.startswith("symptom:") and one in names for one in alternatives
        ):
            right.append(number)
        elif any(not name.startswith("symptom:") for name in names):
            wrong.append((number, sorted(names)))
        else:
            silent.append((number, sorted(names)))
    return right, wrong, silent


@pytest.mark.parametrize("task_id", TASKS)
@pytest.mark.parametrize("name", NAMED)
def test_wrong_answers_are_named(name, task_id, grade, capsys):
    right, wrong, silent = sorted_out(name, task_id, grade)
    share = len(right) / (len(right) + len(wrong) + len(silent))
    with capsys.disabled():
        print(f"\n{name} {task_id}: {len(right)} named, {len(silent)} not: {share:.0%}")
        if wrong or silent:
            print(f"  wrongly named: {wrong}; not named: {silent}")
    assert not wrong
    assert len(right) >= NAMED[name][task_id]
