"""How many of ninety wrong answers are named rightly; see wrong_answers/README.md."""

import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("wrong_answers")
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))


def said(result):
    """Return what the grader named: one mistake, two, or a sentence of its own."""
    if result.diagnosis is not None and result.diagnosis.mistakes:
        return {mistake.id for mistake in result.diagnosis.mistakes}
    if result.finding is not None and result.finding.key == "input-modified":
        return {"finding:input-modified"}
    symptoms = result.diagnosis.symptoms if result.diagnosis is not None else ()
    return {f"symptom:{finding.key}" for finding in symptoms}


@pytest.mark.parametrize("task_id", EXPECTED)
def test_wrong_answers_are_named(task_id, grade, record_property, capsys):
    right, wrong, silent = [], [], []
    for number, alternatives in EXPECTED[task_id].items():
        result = grade((FOLDER / task_id / f"{number}.py").read_text(encoding="utf-8"), task_id)
        assert result.status in ("failed", "error"), number
        names = said(result)
        if any(set(one.split(" + ")) <= names for one in alternatives):
            right.append(number)
        elif any(not name.startswith("symptom:") for name in names):
            wrong.append((number, sorted(names)))
        else:
            silent.append((number, sorted(names)))
    share = (len(right) - len(wrong)) / len(EXPECTED[task_id])  # a wrong name is two misses
    with capsys.disabled():
        print(f"\n{task_id}: {len(right)} named, {len(silent)} not, wrongly {wrong}: {share:.0%}")
        print(f"  not: {silent}")
    assert not wrong
