"""How long things take: the grader, the book, the tests. The README quotes what this writes.

    python -m benchmarks.times                 the grader (a minute)
    python -m benchmarks.times --book --test   also `make book` and `make test` in a fresh clone

Results go to benchmarks/times.json and, as a table, into README.md and README.zh.md.
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


def seconds(command: list[str], cwd: Path | str, **variables: str) -> float:
    """Run a command and return its wall time; its output is shown only when it fails."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, env={**os.environ, **variables}
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return time.perf_counter() - start


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


def fresh(book: bool, test: bool) -> dict[str, float]:
    """Time the README's two commands in a fresh clone, downloads included."""
    found: dict[str, float] = {}
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
            for language in ("en", "zh"):
                files = (clone / "_build" / "html" / language).rglob("*")
                size = sum(f.stat().st_size for f in files if f.is_file())
                found[f"book_{language}_mb"] = round(size / 1e6, 1)
        if test:
            minutes = seconds(["make", "test", *python], clone, **data) / 60
            found["make_test_min"] = round(minutes, 1)
    return found


# ---------------------------------------------------------------- the README's table

ROWS = {
    "make_book_first_s": (
        "`make book`, first time, with its downloads",
        "首次 `make book`（含下载）",
        "s",
    ),
    "make_book_s": ("`make book`, once they are there", "此后的 `make book`", "s"),
    "make_test_min": ("`make test`, with its downloads", "`make test`（含下载）", "min"),
    "cold_check_s": (
        "`autograder check` on one file, cold",
        "`autograder check` 一个文件（冷启动）",
        "s",
    ),
    "cold_ratio": ("… as a multiple of a bare NumPy run", "……与只用 NumPy 直接运行之比", "×"),
    "warm_right_ms": (
        "`check()` in a notebook, right answer",
        "笔记本里的 `check()`，答案正确",
        "ms",
    ),
    "warm_wrong_ms": (
        "`check()` in a notebook, with a diagnosis",
        "笔记本里的 `check()`，含诊断",
        "ms",
    ),
    "book_en_mb": ("the book, English", "英文书大小", "MB"),
    "book_zh_mb": ("the book, Chinese", "中文书大小", "MB"),
}
BLOCK = re.compile(r"(<!-- measured -->\n).*?(<!-- /measured -->)", re.DOTALL)


def table(results: dict[str, object], language: str) -> str:
    """Return the table of a README in Markdown."""
    column = {"en": 0, "zh": 1}[language]
    head = ("| | measured |", "| | 实测 |")[column]
    rows = [
        f"| {texts[column]} | {results[key]} {texts[2]} |"
        for key, texts in ROWS.items()
        if key in results
    ]
    where = f"{results['machine']}, {results['date']}"
    note = (
        f"Measured on {where}, by `python -m benchmarks.times --book --test`.",
        f"测量环境：{where}；命令：`python -m benchmarks.times --book --test`。",
    )[column]
    return "\n".join([head, "|---|---|", *rows, "", note, ""])


def with_table(text: str, results: dict[str, object], language: str) -> str:
    """Return a README's text with its table made anew."""
    return BLOCK.sub(lambda m: m[1] + table(results, language) + m[2], text)


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
    for name, language in (("README.md", "en"), ("README.zh.md", "zh")):
        path = ROOT / name
        path.write_text(with_table(path.read_text(encoding="utf-8"), results, language))
    print(table(results, "en"))


if __name__ == "__main__":
    main()
