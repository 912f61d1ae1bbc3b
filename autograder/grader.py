"""From a submission to results: extract, run in the sandbox, judge, diagnose.

``extract → registry.load → sandbox.run → judge → feedback.render(language)``; the last step is
the caller's. Nothing here knows a language.
"""

import functools
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from autograder import VERSION
from autograder.extract import Extract, Submission, broken_definition, extract, is_unfilled
from autograder.registry import Task, load_task, task_ids
from autograder.sandbox import Run, Sandbox

if TYPE_CHECKING:  # imported when the first result is there: NumPy loads while the worker boots
    from autograder.diagnose import Diagnosis, Engine
    from autograder.judge import Cases, Check, Finding, Trace

FRAMEWORKS = {
    "torch": {"framework": "PyTorch", "packages": "torch"},
    "keras": {"framework": "Keras", "packages": "keras tensorflow"},
}
FEEDBACK_SEED = 20_260_101  # fixed, so that the same mistake shows the same numbers


@dataclass(frozen=True)
class Result:
    """One task's result, in keys and numbers."""

    task: Task
    status: str  # passed failed not_attempted error timeout killed
    seconds: float = 0.0
    checks: "tuple[Check, ...]" = ()
    finding: "Finding | None" = None  # the first thing that is wrong
    diagnosis: "Diagnosis | None" = None
    blame: "Finding | None" = None  # another task's function that this one uses
    cases: dict[str, dict[str, int]] = field(default_factory=dict)  # sizes, by case

    @property
    def score(self) -> float:
        """All points or none: the feedback, not the points, rewards the half-right."""
        return self.task.points if self.status == "passed" else 0.0


def verdict_seed(submissions: Iterable[Submission]) -> int:
    """Derive the verdict's seed from the submission's content and the grader's version."""
    digest = hashlib.sha256(VERSION.encode())
    for submission in submissions:
        digest.update(submission.digest.encode())
    return int.from_bytes(digest.digest()[:4], "big") >> 1


def attempted(submission: Submission, task_id: str) -> bool:
    """Whether a submission holds more for this task than the starter does."""
    found = extract(submission, task_id)
    if found is None:
        return broken_definition(submission, task_id) is not None
    return not is_unfilled(found.definition, load_task(task_id).starter)


class Grader:
    """Grades tasks one after the other with one sandbox. Use as a context manager."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Take a sandbox that is already booting."""
        self.sandbox = sandbox

    def grade(self, submission: Submission, task_id: str, seed: int) -> Result:
        """Grade one task of a submission and, where it is wrong, say why."""
        found = extract(submission, task_id)
        result, run = self._verdict(submission, found, load_task(task_id), seed)
        if found is None or run is None or result.status not in ("failed", "error"):
            return result
        return self._explained(submission, result, run, found, seed)

    def _verdict(
        self, submission: Submission, found: Extract | None, task: Task, seed: int
    ) -> tuple[Result, Run | None]:
        """Return the result without its explanation, and the run that gave it (if any)."""
        if found is None:
            broken = broken_definition(submission, task.id)
            return _broken(task, *broken) if broken else Result(task, "not_attempted"), None
        if is_unfilled(found.definition, task.starter):
            return Result(task, "not_attempted"), None
        run = self.sandbox.run(found, task, seed)
        return _judged(task, run, seed), run

    def _explained(
        self, submission: Submission, result: Result, run: Run, found: Extract, seed: int
    ) -> Result:
        """Add the diagnosis, or the helper that is to blame instead.

        The numbers shown are those of the feedback's fixed seed, unless only the verdict's seed
        brings the mistake to light.
        """
        again = self.sandbox.run(found, result.task, FEEDBACK_SEED)
        shown = _judged(result.task, again, FEEDBACK_SEED)
        if shown.status == result.status:
            result, run, seed_shown = shown, again, FEEDBACK_SEED
        else:
            seed_shown = seed
        blame = self._blame(submission, found, seed)
        if blame is not None:
            return _with(result, blame=blame)
        if not result.checks:  # it was not even defined
            return result
        return _with(result, diagnosis=_diagnosis(result, run, seed_shown))

    def _blame(self, submission: Submission, found: Extract, seed: int) -> "Finding | None":
        from autograder.judge import Finding

        for helper in sorted(found.names & set(task_ids()) - {found.symbol}):
            extracted = extract(submission, helper)
            status = self._verdict(submission, extracted, load_task(helper), seed)[0].status
            if status != "passed":
                key = "helper-unfilled" if status == "not_attempted" else "helper-wrong"
                return Finding(key, {"helper": helper})
        return None


def in_file(result: Result, path: str) -> Result:
    """Have a result's sentences name the file that they speak of."""
    from autograder.judge import Finding

    def placed(finding: "Finding | None") -> "Finding | None":
        if finding is None or not finding.params.get("cell"):
            return finding
        return Finding(finding.key, {**finding.params, "file": path})

    checks = tuple(replace(check, finding=placed(check.finding)) for check in result.checks)
    return _with(result, finding=placed(result.finding), checks=checks)


def _with(result: Result, **changes: Any) -> Result:
    return Result(**{**result.__dict__, **changes})


def _broken(task: Task, cell: Any, error: SyntaxError) -> Result:
    from autograder.judge import Finding

    params = {"cell": cell.name, "line": error.lineno or 1, "why": error.msg, "task": task.id}
    return Result(task, "error", finding=Finding("broken-cell", params))


def _judged(task: Task, run: Run, seed: int) -> Result:
    from autograder.judge import Finding, judge, learner_trace, sizes

    if run.outcome == "missing":
        finding = Finding("framework-missing", FRAMEWORKS[task.framework or ""])
        return Result(task, "error", finding=finding)
    if run.outcome != "ran":
        key = "took-too-long" if run.outcome == "timeout" else "was-killed"
        finding = Finding(key, {"seconds": round(run.seconds, 1)})
        return Result(task, run.outcome, run.seconds, finding=finding)
    if run.error is not None:
        return Result(task, "error", run.seconds, finding=Finding("raised", run.error))
    cases, expected = _expected(task, seed)
    yours = learner_trace(task, cases, run.calls)
    checks = judge(task, cases, expected, yours, run.calls)
    wrong = [check for check in checks if not check.passed]
    raised = any(o.error and not o.refuses_like(expected[case]) for case, o in yours.items())
    return Result(
        task,
        "passed" if not wrong else "error" if raised else "failed",
        run.seconds,
        tuple(checks),
        finding=wrong[0].finding if wrong else None,
        cases={name: sizes(task, case) for name, case in cases.items()},
    )


def _diagnosis(result: Result, run: Run, seed: int) -> "Diagnosis":
    from autograder.diagnose import diagnose
    from autograder.judge import learner_trace

    engine = _engine(result.task, seed)
    wrong = [check.id for check in result.checks if not check.passed]
    return diagnose(engine, learner_trace(result.task, engine.cases, run.calls), wrong)


@functools.lru_cache(maxsize=64)
def _expected(task: Task, seed: int) -> "tuple[Cases, Trace]":
    """The probe's cases for one seed, and what the reference gives on them."""
    import numpy as np

    from autograder.judge import trace_of

    cases = task.cases(np.random.default_rng(seed))
    return cases, trace_of(task, task.run_reference, cases)


@functools.lru_cache(maxsize=64)
def _engine(task: Task, seed: int) -> "Engine":
    """Candidates' arrays for one seed: computed as they are asked for, and kept."""
    from autograder.diagnose import Engine

    return Engine(task, *_expected(task, seed))
