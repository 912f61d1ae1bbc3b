"""Answers written by someone who had seen only the statements, before the grader ran on them.

Every right answer passes and no wrong one does; how many are named is in test_wrong_answers.py.
"""

from pathlib import Path

import pytest

from autograder.extract import Cell, Submission, extract
from autograder.grader import Grader
from autograder.registry import load_task, load_tasks

HERE = Path(__file__).parent
RIGHT = HERE / "right_answers"
OTHERS = HERE / "wrong_answers" / "others"
SEED = 1  # all were graded with the seeds 1, 2 and 3 when they were new

TASKS = [
    pytest.param(task.id, marks=[pytest.mark.slow] if task.framework else [])
    for task in load_tasks()
    if (RIGHT / task.id).is_dir()
]


def answers(folder, task_id):
    """Return the numbers and texts of a folder's answers to a task."""
    files = sorted((folder / task_id).glob("*.py"))
    assert files, task_id
    return [(file.stem, file.read_text(encoding="utf-8")) for file in files]


@pytest.fixture
def verdict(sandbox):
    """Return the status only: the diagnosis of a wrong answer takes ten times as long."""

    def verdict(source, task_id):
        submission = Submission("test", (Cell("test.py", source),))
        found = extract(submission, task_id)
        result, _ = Grader(sandbox)._verdict(submission, found, load_task(task_id), SEED)
        return result.status

    return verdict


@pytest.mark.parametrize("task_id", TASKS)
def test_right_answers_pass(task_id, verdict):
    seen = {number: verdict(source, task_id) for number, source in answers(RIGHT, task_id)}
    assert set(seen.values()) == {"passed"}, seen


@pytest.mark.parametrize("task_id", TASKS)
def test_wrong_answers_do_not_pass(task_id, verdict):
    seen = {number: verdict(source, task_id) for number, source in answers(OTHERS, task_id)}
    for number, status in seen.items():
        assert status in ("failed", "error"), number
