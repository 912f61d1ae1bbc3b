"""This grader beside otter-grader and nbgrader: the same notebooks, the same four checks.

    python -m benchmarks.graders            (ten minutes, most of it their installation, once)

Each of the other two gets a virtual environment of its own, in _build/graders. Twenty learners each
hand in one notebook with four functions of chapter 05: some right, some with a known misconception,
some untouched. A check calls a function on this project's own probes and compares with the reference:
for the others it is a cell, or a test file, that does just that. All three must give every learner the
same score, else there is nothing to compare.

    cold     one notebook in a terminal: `autograder check`, `otter check`, `nbgrader validate`
    warm     one function, again, in a running notebook (nbgrader has no such check)
    batch    the twenty: `autograder grade --workers 1` (isolated by bubblewrap), `otter run` for each
             (`otter grade` needs Docker), `nbgrader autograde`; each of them one after the other

Seconds are wall time, with processor time beside it (what bubblewrap's own children use is not in
it, so the table quotes wall time). Results go to benchmarks/graders.json.
"""

import argparse
import csv
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.isolation import why_not
from autograder.registry import Task, load_task
from benchmarks.klass import answer
from benchmarks.times import ONE_THREAD, ROOT, machine

RESULTS = Path(__file__).with_suffix(".json")
PINS = {"otter": "otter-grader==7.0.0", "nbgrader": "nbgrader==0.9.6"}
TASKS = ("lstm_cell", "lstm_forward", "lstm_bias", "peephole_lstm_cell")
LEARNERS, COLD_REPEATS, WARM_REPEATS = 20, 5, 30
MIXED = (0.6, 0.3)  # the shares of right and wrong answers; the rest is left as it was

CHECK = """
import numpy as np
reference, probe = {{}}, {{}}
exec({reference!r}, reference)
exec({probe!r}, probe)
for case in probe["cases"](np.random.default_rng(1)).values():
    got, expected = {symbol}(**case), reference[{symbol!r}](**case)
    if not isinstance(expected, tuple):
        got, expected = (got,), (expected,)
    for one, other in zip(got, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-12)
"""
OTTER_TEST = """
OK_FORMAT = False
from otter.test_files import test_case
name = {name!r}
points = 1
@test_case(points=1)
def check(env):
    {symbol} = env[{symbol!r}]
    exec({check!r}, {{{symbol!r}: {symbol}}})
"""
OTTER_WARM = """
import json, time
import otter
from solutions import *
grader = otter.Notebook(tests_dir="tests")
times = []
for _ in range({repeats} + 1):
    start = time.perf_counter()
    assert grader.check("lstm_cell").passed_all_public
    times.append(time.perf_counter() - start)
print(json.dumps(times[1:]))
"""
OURS_WARM = """
import json, time
from autograder.extract import Cell, Submission
from autograder.grader import Grader
from autograder.sandbox import Sandbox
submission = Submission("warm", (Cell("warm.py", open("solutions.py").read()),))
times = []
with Sandbox() as sandbox:
    grader = Grader(sandbox)
    for seed in range({repeats} + 1):
        start = time.perf_counter()
        assert grader.grade(submission, "lstm_cell", seed).status == "passed"
        times.append(time.perf_counter() - start)
print(json.dumps(times[1:]))
"""


def install(name: str) -> Path:
    """Return the commands' folder of another grader's environment, made on first use."""
    folder = ROOT / "_build" / "graders" / name
    done = folder / PINS[name]
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", PINS[name], "numpy"]
        subprocess.run([*pip, "ipykernel"], check=True)
        done.touch()
    return folder / "bin"


class Clock:
    """Runs commands, and adds up their wall and processor time."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0
        self.said = ""

    def run(self, *command: str | Path, cwd: Path, fails: bool = False) -> "Clock":
        """Run one; if it fails, unless it may, show what it said and stop."""
        path = os.pathsep.join([str(Path(command[0]).parent), os.environ["PATH"]])
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            command, cwd=cwd, env={**os.environ, **ONE_THREAD, "PATH": path},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.wall += time.perf_counter() - start
        self.cpu += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.said = done.stdout
        if done.returncode and not fails:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}\n{done.stderr}")
        return self


def check_source(task: Task) -> str:
    """Return code that checks a task's symbol against the reference, on the task's own probes."""
    probe = (task.folder / "probe.py").read_text("utf-8")
    return CHECK.format(reference=task.reference, probe=probe, symbol=task.id)


def write_notebook(path: Path, cells: list[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)


def nbgrader_cell(source: str, grade_id: str, check: bool) -> Any:
    """Return a cell that nbgrader takes for an answer, or for a check worth a point."""
    ours = {"schema_version": 3, "grade_id": grade_id, "locked": check, "task": False}
    ours |= {"grade": check, "solution": not check} | ({"points": 1} if check else {})
    return new_code_cell(source, metadata={"nbgrader": ours})


class Class:
    """Twenty learners' answers, written down as each grader wants them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tasks = [load_task(name) for name in TASKS]
        draw = random.Random(0)
        self.answers = {
            f"learner{n:02d}": [
                answer(t, MIXED, draw) or f"def {t.id}(*args):\n    raise NotImplementedError"
                for t in self.tasks
            ]
            for n in range(LEARNERS)
        }
        self.right = [task.solution for task in self.tasks]
        for learner, answers in {**self.answers, "right": self.right}.items():
            cells = [new_code_cell(f"import numpy as np\n{source}") for source in answers]
            write_notebook(self.plain(learner), cells)
        (root / "solutions.py").write_text("\n\n".join(self.right), "utf-8")
        self._for_otter()
        self._for_nbgrader()

    def plain(self, learner: str) -> Path:
        """Return a learner's notebook: four cells, no metadata."""
        return self.root / ("right" if learner == "right" else "class") / f"{learner}.ipynb"

    def _for_otter(self) -> None:
        for task in self.tasks:
            test = OTTER_TEST.format(name=task.id, symbol=task.id, check=check_source(task))
            path = self.root / "tests" / f"{task.id}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(test, "utf-8")

    def _for_nbgrader(self) -> None:
        def cells(answers: list[str]) -> list[Any]:
            pairs = zip(self.tasks, answers, strict=True)
            return [new_code_cell("import numpy as np")] + [
                cell
                for task, source in pairs
                for cell in (
                    nbgrader_cell(source, task.id, check=False),
                    nbgrader_cell(check_source(task), f"check_{task.id}", check=True),
                )
            ]

        course = self.root / "course"
        source = course / "source" / "ps" / "ps.ipynb"
        write_notebook(source, [new_markdown_cell("# Chapter 05"), *cells(self.right)])
        (course / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
        for learner, answers in {**self.answers, "right": self.right}.items():
            folder = course / ("right" if learner == "right" else f"submitted/{learner}/ps")
            write_notebook(
                folder / "ps.ipynb", [new_markdown_cell("# Chapter 05"), *cells(answers)]
            )


def spread(values: list[float], factor: float = 1.0, digits: int = 3) -> list[float]:
    """Return [median, least, most]."""
    found = (statistics.median(values), min(values), max(values))
    return [round(factor * value, digits) for value in found]


def cold(klass: Class, commands: dict[str, list[str | Path]]) -> dict[str, Any]:
    """Time one right notebook in a terminal, the three in turn."""
    wall: dict[str, list[float]] = {name: [] for name in commands}
    cpu: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(COLD_REPEATS):
        for name, command in commands.items():
            clock = Clock().run(*command, cwd=klass.root)
            wall[name].append(clock.wall)
            cpu[name].append(clock.cpu)
    return {n: {"wall_s": spread(wall[n]), "cpu_s": spread(cpu[n])} for n in commands}


def batch_ours(klass: Class) -> tuple[Clock, dict[str, float]]:
    out = klass.root / "ours"
    isolation = [] if why_not() is None else ["--no-sandbox"]
    tasks = [word for name in TASKS for word in ("--task", name)]
    command = [sys.executable, "-m", "autograder", "grade", klass.root / "class", "--out", out]
    clock = Clock().run(*command, *tasks, "--workers", "1", *isolation, cwd=ROOT)
    results = [json.loads(path.read_text("utf-8")) for path in (out / "json").glob("*.json")]
    return clock, {
        Path(r["submission"]).stem: float(sum(t["status"] == "passed" for t in r["tasks"]))
        for r in results
    }


def batch_otter(klass: Class, programs: Path) -> tuple[Clock, dict[str, float]]:
    Clock().run(programs / "otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment",
                cwd=klass.root)  # fmt: skip
    clock, scores = Clock(), {}
    for learner in klass.answers:
        out = klass.root / "otter" / learner
        out.mkdir(parents=True)
        arguments = ["run", "-a", "autograder.zip", "-o", out, klass.plain(learner)]
        clock.run(programs / "otter", *arguments, cwd=klass.root)
        tests = json.loads((out / "results.json").read_text("utf-8"))["tests"]
        scores[learner] = float(sum(t.get("score", 0) for t in tests if t["name"] in TASKS))
    return clock, scores


def batch_nbgrader(klass: Class, programs: Path) -> tuple[Clock, dict[str, float]]:
    course = klass.root / "course"
    nbgrader = programs / "nbgrader"
    Clock().run(nbgrader, "generate_assignment", "ps", "--create", cwd=course)
    clock = Clock().run(nbgrader, "autograde", "ps", "--create", cwd=course)
    Clock().run(nbgrader, "export", "--to", "grades.csv", cwd=course)
    with (course / "grades.csv").open(encoding="utf-8", newline="") as file:
        return clock, {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def warm(klass: Class, python: Path | str, program: str) -> list[float]:
    said = Clock().run(python, "-c", program.format(repeats=WARM_REPEATS), cwd=klass.root).said
    return [float(seconds) for seconds in json.loads(said.splitlines()[-1])]


def measure(root: Path) -> dict[str, Any]:
    """Run the three graders and return what is to be told."""
    otter, nbgrader = install("otter"), install("nbgrader")
    klass = Class(root)
    right = klass.plain("right")
    tasks = [word for name in TASKS for word in ("--task", name)]
    found = cold(klass, {
        "ours": [sys.executable, "-m", "autograder", "check", right, *tasks],
        "otter": [otter / "otter", "check", "-t", "tests", right],
        "nbgrader": [nbgrader / "nbgrader", "validate", root / "course/right/ps.ipynb"],
    })  # fmt: skip
    batches = {
        "ours": batch_ours(klass),
        "otter": batch_otter(klass, otter),
        "nbgrader": batch_nbgrader(klass, nbgrader),
    }
    scores = {name: dict(sorted(batch[1].items())) for name, batch in batches.items()}
    if not scores["ours"] == scores["otter"] == scores["nbgrader"]:
        sys.exit(f"The graders disagree, so there is nothing to compare: {json.dumps(scores)}")
    warm_ms = {
        "ours": spread(warm(klass, sys.executable, OURS_WARM), 1000, 1),
        "otter": spread(warm(klass, otter / "python", OTTER_WARM), 1000, 1),
        "nbgrader": None,
    }
    return {
        name: {
            "cold": found[name],
            "warm_ms": warm_ms[name],
            "batch": {"wall_s": round(clock.wall, 2), "cpu_s": round(clock.cpu, 2)},
        }
        for name, (clock, _) in batches.items()
    }


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    results: dict[str, Any] = {
        "machine": machine(), "date": time.strftime("%Y-%m-%d"), "pins": PINS,
        "learners": LEARNERS, "tasks": TASKS,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        results["graders"] = measure(Path(folder))
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    print(json.dumps(results["graders"], indent=1))


if __name__ == "__main__":
    main()
