"""How many wrong answers the grader names: four sets of ninety, written by people who had not seen it.

    python -m benchmarks.naming       (two minutes)

The first three sets were in view when misconceptions were added later; the fourth was not, so only its
share says what to expect of answers nobody has seen. See tests/wrong_answers/README.md. Results go to
benchmarks/naming.json.
"""

import argparse
import json
import time
from pathlib import Path

from autograder.extract import Cell, Submission
from autograder.grader import Grader, Result
from autograder.sandbox import Sandbox
from benchmarks.times import machine
from tests.test_wrong_answers import NAMED, TASKS, sorted_out

RESULTS = Path(__file__).with_suffix(".json")


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    sets = {}
    with Sandbox() as sandbox:
        grader = Grader(sandbox)

        def grade(source: str, task_id: str) -> Result:
            submission = Submission("answer", (Cell("answer.py", source),))
            return grader.grade(submission, task_id, seed=1)

        for name in NAMED:
            found = [sorted_out(name, task_id, grade) for task_id in TASKS]
            right, wrong, silent = (sum(len(one[k]) for one in found) for k in range(3))
            sets[name] = {"named": right, "wrongly": wrong, "all": right + wrong + silent}
            print(name, sets[name], flush=True)
    results = {"machine": machine(), "date": time.strftime("%Y-%m-%d"), "sets": sets}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
