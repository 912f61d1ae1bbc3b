"""How many wrong answers are named rightly; see wrong_answers/README.md.

Two sets of ninety. The first was in view when misconceptions were added; the second was written
by someone who had seen only the statements, and run once, after that.
"""

import tomllib
from pathlib import Path

import pytest

FIRST = Path(__file__).with_name("wrong_answers")
SECOND = FIRST / "second"
EXPECTED = {
    folder: tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    for folder in (FIRST, SECOND)
}
# The first run of the second set is what can be expected of unseen answers.
NAMED = {
    FIRST: {"lstm_cell": 30, "lstm_forward": 30, "lstm_backward": 30},
    SECOND: {"lstm_cell": 28, "lstm_forward": 27, "lstm_backward": 26},
}


def said(result):
    """Return what the grader named: one mistake, two, or a sentence of its own."""
    if result.diagnosis is not None and result.diagnosis.mistakes:
        return {mistake.id for mistake in result.diagnosis.mistakes}
    if result.finding is not None and result.finding.key == "input-modified":
        return {"finding:input-modified"}
    symptoms = result.diagnosis.symptoms if result.diagnosis is not None else ()
    return {f"symptom:{finding.key}" for finding in symptoms}


@pytest.mark.parametrize("task_id", EXPECTED[FIRST])
@pytest.mark.parametrize("folder", [FIRST, SECOND], ids=["first", "second"])
def test_wrong_answers_are_named(folder, task_id, grade, capsys):
    right, wrong, silent = [], [], []
    for number, alternatives in EXPECTED[folder][task_id].items():
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
    share = len(right) / len(EXPECTED[folder][task_id])
    with capsys.disabled():
        print(f"\n{folder.name} {task_id}: {len(right)} named, {len(silent)} not: {share:.0%}")
        if wrong or silent:
            print(f"  wrongly named: {wrong}; not named: {silent}")
    assert not wrong
    assert len(right) >= NAMED[folder][task_id]
