"""The judge: compares a learner's arrays with the reference's. A pure function of its inputs.

It knows no language: what it finds are keys and numbers, which feedback.py turns into sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.registry import Task
from autograder.sandbox import Call, Leaf, Value

TOLERANCE = 1e-5  # of the largest expected value: a right answer in float32 passes
TINY = 1e-12  # where everything expected is zero


@dataclass(frozen=True)
class Finding:
    """A sentence to be: its key in messages.py, and what goes into it."""

    key: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What one call gave: the outputs by name, or the finding that says why there are none."""

    arrays: dict[str, np.ndarray] | None = None
    problem: Finding | None = None
    error: str | None = None  # the exception's type, for comparing with a candidate's


Cases = dict[str, dict[str, Any]]  # the arguments of each call, by case
Trace = dict[str, Outcome]  # by case


@dataclass(frozen=True)
class Check:
    """The verdict on one output (or on the inputs being left alone), over all cases and seeds."""

    id: str
    passed: bool
    finding: Finding | None = None


INPUTS_CHECK = "inputs-unchanged"


def tolerance(expected: np.ndarray, relative: float = TOLERANCE) -> float:
    """Return the largest difference allowed: |a - b| <= relative * max|b| + 1e-12."""
    return float(relative * np.max(np.abs(expected), initial=0.0) + TINY)


def equal(yours: np.ndarray, expected: np.ndarray, relative: float = TOLERANCE) -> bool:
    """Whether two arrays have the same shape and the same values within the tolerance."""
    if yours.shape != expected.shape:
        return False
    with np.errstate(all="ignore"):
        apart = np.abs(yours - expected)
    # NaN and infinity are never within a tolerance, unless both arrays have them in the same place.
    same = (apart <= tolerance(expected, relative)) | (np.isnan(yours) & np.isnan(expected))
    return bool(np.all(same | (yours == expected)))


# ---------------------------------------------------------------- from calls to outcomes


def trace_of(task: Task, symbol: Callable[..., Any], cases: Cases) -> Trace:
    """Call trusted code (the reference, or an edit of it) on the cases, in this process."""
    trace: Trace = {}
    for name, case in cases.items():
        try:
            with np.errstate(all="ignore"):
                value = task.call(symbol, {key: copied(item) for key, item in case.items()})
            trace[name] = outcome(task, _as_value(value))
        except Exception as error:
            trace[name] = Outcome(error=type(error).__name__)
    return trace


def copied(value: Any) -> Any:
    """Return a copy of an argument (an array, or a list of arrays)."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list | tuple):
        return type(value)(copied(item) for item in value)
    return value


def sizes(task: Task, case: dict[str, Any]) -> dict[str, int]:
    """Return N, T, D, H … of one case, read off its arguments."""
    found: dict[str, int] = {}
    for name, axes in task.arguments.items():
        value = case.get(name)
        if isinstance(value, np.ndarray) and value.ndim == len(axes):
            found |= {a: n for a, n in zip(axes, value.shape, strict=True) if a.isalpha()}
    return found


def _as_value(value: Any) -> Value:
    if isinstance(value, list | tuple):
        return [_as_value(item) for item in value]
    array = np.asarray(value)
    return Leaf(type(value).__name__, array.shape, str(array.dtype), array)


def learner_trace(task: Task, cases: Cases, calls: dict[str, Call]) -> Trace:
    """Bring the sandbox's calls into the same form."""
    return {name: _learner_outcome(task, name, calls.get(name)) for name in cases}


def _learner_outcome(task: Task, case: str, call: Call | None) -> Outcome:
    if call is None:  # the child did not report as the worker does
        return Outcome(problem=Finding("no-result"))
    if call.error is not None:
        problem = Finding("raised", {**call.error, "case": case})
        return Outcome(problem=problem, error=call.error["type"])
    return outcome(task, call.value)


def outcome(task: Task, value: Value | None) -> Outcome:
    """Name the returned arrays; say what is wrong where the structure is not the task's."""
    names = [output.name for output in task.returns]
    if len(names) == 1:
        items: list[Value | None] = [value]
        if isinstance(value, list) and len(value) == 1:
            items = [value[0]]
    else:
        if isinstance(value, Leaf) and value.type == "NoneType":
            return Outcome(problem=Finding("returned-none"))
        if not isinstance(value, list):
            if value is None or value.shape is None or value.shape[:1] != (len(names),):
                return Outcome(problem=_wrong_count(task, 1))
            value = _rows(value)  # np.stack([h, c]) or np.array([h, c])
        if len(value) != len(names):
            return Outcome(problem=_wrong_count(task, len(value)))
        items = list(value)
    arrays = {}
    for name, item in zip(names, items, strict=True):
        array = _array(item)
        if isinstance(array, Finding):
            return Outcome(problem=Finding(array.key, {"output": name, **array.params}))
        arrays[name] = array
    return Outcome(arrays=arrays)


def _rows(leaf: Leaf) -> list[Value]:
    if leaf.array is None:
        return [leaf]
    return [Leaf(leaf.type, row.shape, str(row.dtype), row) for row in leaf.array]


def _wrong_count(task: Task, count: int) -> Finding:
    names = ", ".join(output.name for output in task.returns)
    return Finding("wrong-count", {"count": count, "expected": len(task.returns), "names": names})


def _array(value: Value | None) -> np.ndarray | Finding:
    if isinstance(value, list):  # nested lists of numbers, a list of arrays
        parts = [_array(item) for item in value]
        arrays = [part for part in parts if isinstance(part, np.ndarray)]
        if len(arrays) != len(parts) or len({a.shape for a in arrays}) > 1 or not arrays:
            return Finding("not-an-array", {"type": "tuple"})
        return np.stack(arrays)
    if value is None or value.type == "NoneType":
        return Finding("returned-none")
    if value.shape is None:
        return Finding("not-an-array", {"type": value.type})
    if value.array is None:
        return Finding("giant-array", {"shape": value.shape})
    if value.array.dtype.kind == "c":
        return Finding("wrong-dtype", {"dtype": value.dtype})
    return value.array.astype(np.float64)


# ---------------------------------------------------------------- the verdict


def judge(
    task: Task, cases: Cases, expected: Trace, yours: Trace, calls: dict[str, Call]
) -> list[Check]:
    """Compare one seed's calls with the reference on the same cases."""
    checks = [_check(task, output.name, expected, yours) for output in task.returns]
    return [*checks, _inputs_check(cases, calls)]


def _check(task: Task, name: str, expected: Trace, yours: Trace) -> Check:
    for case, outcome_ in expected.items():
        assert outcome_.arrays is not None, f"{task.id}: the reference fails on case {case}"
        mine = yours[case]
        if mine.arrays is None:
            return Check(name, False, mine.problem)
        if not equal(mine.arrays[name], outcome_.arrays[name]):
            return Check(
                name, False, difference(name, case, mine.arrays[name], outcome_.arrays[name])
            )
    return Check(name, True)


def difference(name: str, case: str, yours: np.ndarray, expected: np.ndarray) -> Finding:
    """Describe the first difference between two arrays."""
    params = {"output": name, "case": case}
    if yours.shape != expected.shape:
        return Finding("wrong-shape", {**params, "yours": yours.shape, "expected": expected.shape})
    if not np.all(np.isfinite(yours)):
        index = _first(~np.isfinite(yours))
        value = "NaN" if np.isnan(yours[index]) else "inf"
        return Finding("not-finite", {**params, "index": index, "yours": value})
    index = _first(np.abs(yours - expected) > tolerance(expected))
    return Finding(
        "wrong-value",
        {
            **params,
            "index": index,
            "yours": float(yours[index]),
            "expected": float(expected[index]),
        },
    )


def _first(mask: np.ndarray) -> tuple[int, ...]:
    flat = np.argmax(mask)  # the first True
    return tuple(int(k) for k in np.unravel_index(flat, mask.shape))


def _inputs_check(cases: Cases, calls: dict[str, Call]) -> Check:
    for case, arguments in cases.items():
        call = calls.get(case)
        if call is None or call.error is not None:
            continue
        for name, before in arguments.items():
            if isinstance(before, np.ndarray):
                after = call.after.get(name)
                array = after.array if isinstance(after, Leaf) else None
                # Restoring an input to within rounding is not a change.
                if array is None or not equal(array, before, 1e-9):
                    return Check(INPUTS_CHECK, False, Finding("input-modified", {"input": name}))
    return Check(INPUTS_CHECK, True)
