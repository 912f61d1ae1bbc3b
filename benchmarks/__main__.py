"""Measures, and writes one table: ``make bench`` (20 minutes) and ``make bench-full`` (hours).

    python -m benchmarks            what fits into 20 minutes
    python -m benchmarks --full     everything, the trainings that are missing included

Each benchmark is a command of its own and writes its own JSON; see benchmarks/report.py for the table.
"""

import argparse
import os
import subprocess
import sys
import time

from benchmarks import report

QUICK = [
    "times --book",
    "book",
    "numpy_networks",
    "naming",
    "grade",
    "keras_torch --seeds 0 --again",
]
FULL = [
    "times --book --test", "book", "numpy_networks", "naming", "grade --full", "keras_torch", "graders", "accuracy",
    "mnist_classifiers", "keras_classifiers", "tips", "modern", "choosing",
]  # fmt: skip


def main() -> int:
    """Run the benchmarks one after the other; one that fails is said, and does not stop the rest."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true")
    failed = []
    for command in FULL if parser.parse_args().full else QUICK:
        print(f"\n--- python -m benchmarks.{command}", flush=True)
        start = time.perf_counter()
        words = command.split()
        process = [sys.executable, "-m", f"benchmarks.{words[0]}", *words[1:]]
        if subprocess.run(process, env={**os.environ, "PYTHONUTF8": "1"}, check=False).returncode:
            failed.append(command)
        print(f"--- {(time.perf_counter() - start) / 60:.1f} min", flush=True)
    report.main()
    for command in failed:
        print(f"python -m benchmarks.{command} failed: its rows are those of an earlier run.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
