"""How long things take: the grader, the book, the tests.

    python -m benchmarks.times                 the grader (a minute)
    python -m benchmarks.times --book --test   also `make book` and `make test` in a fresh clone

Results go to benchmarks/times.json.
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from autograder.extract import Cell, Submission
from autograder.grader import Grader
from autograder.registry import load_task
from autograder.sandbox import Sandbox

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_suffix(".json")
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}

# What a cold check is compared with: NumPy imported, the same function on the same probes.
BARE = """
import numpy as np
exec(open({solution!r}).read())
namespace = {{}}
exec(open({probe!r}).read(), namespace)
for seed in (1, 2):
    for case in namespace["cases"](np.random.default_rng(seed)).values():
        lstm_cell(*case.values())
"""


def run(command: list[str], cwd: Path | str, **variables: str) -> tuple[float, str]:
    """Run a command and return its wall time and what it printed; stop, and show it, if it fails."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, env={**os.environ, **variables}
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return time.perf_counter() - start, done.stdout


def seconds(command: list[str], cwd: Path | str, **variables: str) -> float:
    """Run a command and return its wall time."""
    return run(command, cwd, **variables)[0]


def cold(repeats: int = 15) -> dict[str, float]:
    """Time a cold `autograder check` and the bare run in turn: both see the same machine."""
    task = load_task("lstm_cell")
    with tempfile.TemporaryDirectory() as folder:
        solution = Path(folder, "lstm_cell.py")
        solution.write_text(task.solution)
        bare = BARE.format(solution=str(solution), probe=str(task.folder / "probe.py"))
        check = [sys.executable, "-m", "autograder", "check", "lstm_cell.py", "--task", "lstm_cell"]
        times: dict[str, list[float]] = {"check": [], "bare": []}
        for _ in range(repeats):
            times["check"].append(seconds(check, folder, **ONE_THREAD))
            times["bare"].append(seconds([sys.executable, "-I", "-c", bare], folder, **ONE_THREAD))
    ratios = [c / b for c, b in zip(times["check"], times["bare"], strict=True)]
    return {
        "cold_check_s": round(statistics.median(times["check"]), 3),
        "cold_bare_s": round(statistics.median(times["bare"]), 3),
        "cold_ratio": round(statistics.median(ratios), 2),
    }


def warm(repeats: int = 50) -> dict[str, float]:
    """Time a check with the worker already running, as in a notebook's second check."""
    task = load_task("lstm_cell")
    wrong = task.misconceptions[0].apply(task.reference)
    found = {}
    with Sandbox() as sandbox:
        grader = Grader(sandbox)
        for name, source in (("right", task.solution), ("wrong", wrong)):
            submission = Submission("bench", (Cell("bench.py", source or ""),))
            times = []
            for seed in range(repeats + 1):  # every new text of a submission has a new seed
                start = time.perf_counter()
                grader.grade(submission, task.id, seed)
                times.append(time.perf_counter() - start)
            found[f"warm_{name}_ms"] = round(1000 * statistics.median(times[1:]), 1)
    return found


# Where the minutes of `make test` go, by the beginning of a test's file; the first that fits.
PARTS = {
    "tasks": ("tests/test_tasks.py", "tests/test_references", "tests/test_wrong_answers",
              "tests/test_held_out"),
    "notebooks": ("chapters/", "solutions/"),
    "browser": ("tests/test_book_browser", "tests/test_pages_", "tests/test_served", "tests/test_accessibility", "tests/test_jupyterlab",
                "tests/test_reading", "tests/test_widget", "tests/test_questions"),
    "grade": ("tests/test_grade", "tests/test_sandbox"),
    "other": ("",),
}  # fmt: skip
DURATION = re.compile(r"^\s*([\d.]+)s (?:setup|call|teardown)\s+(\S+?)::", re.MULTILINE)


def minutes_by_part(said: str) -> dict[str, float]:
    """Return the minutes of one core that each part took, from pytest's list of durations."""
    found = dict.fromkeys(PARTS, 0.0)
    for duration, file in DURATION.findall(said):
        part = next(p for p, beginnings in PARTS.items() if file.startswith(beginnings))
        found[part] += float(duration) / 60
    return {part: round(minutes, 1) for part, minutes in found.items()}


def fresh(book: bool, test: bool) -> dict[str, Any]:
    """Time the README's two commands in a fresh clone, downloads included."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        data = {}
        if (ROOT.parent / "shared" / "mnist").is_dir():
            data["UNROLLED_DATA"] = str(ROOT.parent / "shared" / "mnist")
        python = [f"PYTHON={getattr(sys, '_base_executable', sys.executable)}"]
        if book:
            found["make_book_first_s"] = round(seconds(["make", "book", *python], clone, **data))
            shutil.rmtree(clone / "_build")
            found["make_book_s"] = round(seconds(["make", "book", *python], clone, **data))
        if test:
            data["PYTEST_ADDOPTS"] = "--durations=0 --durations-min=0.005"
            wall, said = run(["make", "test", *python], clone, **data)
            found["make_test_min"] = round(wall / 60, 1)
            found["make_test_parts_min"] = minutes_by_part(said)
    return found


def machine() -> str:
    """Name the processor and the number of cores."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file() and (found := re.search(r"model name\s*: (.*)", info.read_text())):
        name = found[1]
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--book", action="store_true")
    parser.add_argument("--test", action="store_true")
    options = parser.parse_args()
    results = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
    results |= {"machine": machine(), "date": time.strftime("%Y-%m-%d")}
    results |= cold() | warm() | fresh(options.book, options.test)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
