"""What several tests share."""

import json
import os
from pathlib import Path

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two test processes on two cores: no more threads

from autograder.cli import main
from autograder.extract import Cell, Submission
from autograder.grader import Grader, Result
from autograder.registry import Task, load_tasks
from autograder.sandbox import Sandbox

pytest.register_assert_rewrite("tests.every_page")

ROOT = Path(__file__).parents[1]
TASKS = load_tasks()


def pytest_collection_modifyitems(items):
    """What asks for the built book waits for the build: not in `make check`."""
    for item in items:
        if "html" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def sandbox():
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def grade(sandbox):
    """Grade a source text for one task."""

    def grade(source: str, task: Task | str, seed: int = 1) -> Result:
        submission = Submission("test", (Cell("test.py", source),))
        return Grader(sandbox).grade(submission, getattr(task, "id", task), seed)

    return grade


@pytest.fixture
def command(capsys, monkeypatch, tmp_path):
    """Run the command in an empty folder; return (exit status, its output, its complaints)."""
    for variable in ("AUTOGRADER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return run


@pytest.fixture
def check_json(command):
    """Run `check --json` on one path; return (exit status, the object)."""

    def run(*arguments: object) -> tuple[int, dict]:
        status, out, _ = command("check", "--json", *arguments)
        (line,) = out.splitlines()
        return status, json.loads(line)

    return run


def pytest_terminal_summary(terminalreporter):
    """Say what the notebooks ran on: the real MNIST or its stand-in."""
    from unrolled.data import budget, load_mnist

    terminalreporter.write_line(f"Data: {load_mnist().description}. Budget: {budget()}.")
