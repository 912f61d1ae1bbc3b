"""The judge: compares a learner's arrays with the reference's. A pure function of its inputs.

It knows no language: what it finds are keys and numbers, which feedback.py turns into sentences.
"""

import contextlib
import copy
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.messages import INPUTS_CHECK, REFUSES_CHECK
from autograder.registry import Output, Task
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
    bases: tuple[str, ...] = ()  # the classes that a learner's exception derives from
    dtypes: dict[str, str] = field(default_factory=dict)  # of the outputs that ask for one

    @functools.cached_property
    def total(self) -> float:
        """The sum of all numbers: two outcomes whose sums are apart need no closer look."""
        with np.errstate(all="ignore"):
            return float(sum(a.sum() for a in (self.arrays or {}).values()))

    @functools.cached_property
    def slack(self) -> float:
        """The largest difference between sums, as a multiple of a tolerance."""
        return float(sum(a.size * tolerance(a, 1.0) for a in (self.arrays or {}).values()))

    def refuses_like(self, expected: "Outcome") -> bool:
        """Whether this call raised, as it should, what the reference raises."""
        return expected.error is not None and expected.error in (self.error, *self.bases)


Cases = dict[str, dict[str, Any]]  # the arguments of each call, by case
Trace = dict[str, Outcome]  # by case


@dataclass(frozen=True)
class Check:
    """The verdict on one output (or on the inputs being left alone), over all cases and seeds."""

    id: str
    passed: bool
    finding: Finding | None = None


def tolerance(expected: np.ndarray, relative: float = TOLERANCE) -> float:
    """Return the largest difference allowed: |a - b| <= relative * max|b| + 1e-12."""
    finite = np.isfinite(expected)  # a candidate's arrays may hold infinity or NaN
    return float(relative * np.max(np.abs(expected), initial=0.0, where=finite) + TINY)


def equal(yours: np.ndarray, expected: np.ndarray, relative: float = TOLERANCE) -> bool:
    """Whether two arrays have the same shape and the same values within the tolerance."""
    if yours.shape != expected.shape:
        return False
    if np.array_equal(yours, expected):  # most are, and this is quick
        return True
    yours, expected = yours + 0.0, expected + 0.0  # booleans cannot be subtracted, bytes wrap
    with np.errstate(all="ignore"):
        apart = np.abs(yours - expected)
    # NaN and infinity are never within a tolerance, unless both arrays have them in the same place.
    same = (apart <= tolerance(expected, relative)) | (np.isnan(yours) & np.isnan(expected))
    return bool(np.all(same | (yours == expected)))


# ---------------------------------------------------------------- from calls to outcomes


def trace_of(task: Task, symbol: Callable[..., Any], cases: Cases) -> Trace:
    """Call trusted code (the reference, or an edit of it) on the cases, in this process."""
    trace: Trace = {}
    with _one_thread(task.framework), np.errstate(all="ignore"):
        for name, case in cases.items():
            try:
                value = task.call(symbol, {key: copied(item) for key, item in case.items()})
                trace[name] = outcome(task, case, _as_value(value))
            except Exception as error:
                trace[name] = Outcome(error=type(error).__name__)
    return trace


@contextlib.contextmanager
def _one_thread(framework: str | None) -> Iterator[None]:
    """Have PyTorch compute on one thread: networks this small only wait for further ones."""
    if framework != "torch":
        yield
        return
    import torch

    threads = torch.get_num_threads()  # the learner's own, in a notebook
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def copied(value: Any) -> Any:
    """Return a copy of an argument: an array, a generator, or lists and dicts of these."""
    if isinstance(value, list | tuple):
        return type(value)(copied(item) for item in value)
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return np.array(value)
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value)
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
    if isinstance(value, dict):
        return {key: _as_value(item) for key, item in value.items()}
    array = np.asarray(value)
    return Leaf(type(value).__name__, array.shape, array.dtype, array)


def learner_trace(task: Task, cases: Cases, calls: dict[str, Call]) -> Trace:
    """Bring the sandbox's calls into the same form."""
    return {
        name: _learner_outcome(task, name, case, calls.get(name)) for name, case in cases.items()
    }


def _learner_outcome(task: Task, name: str, case: dict[str, Any], call: Call | None) -> Outcome:
    if call is None:  # the child did not report as the worker does
        return Outcome(problem=Finding("no-result"))
    if call.error is not None:
        problem = Finding("raised", {**call.error, "case": name})
        bases = tuple(call.error["bases"])
        return Outcome(problem=problem, error=call.error["type"], bases=bases)
    return outcome(task, case, call.value)


def outcome(task: Task, case: dict[str, Any], value: Value | None) -> Outcome:
    """Name the returned arrays; say what is wrong where the structure is not the task's."""
    if task.measure is not None:
        return _measured(task, case, value)
    names = [output.name for output in task.returns]
    if len(names) == 1:
        items: list[Value | None] = [value]
        if isinstance(value, list) and len(value) == 1 and _has_axes(value[0], task.returns[0]):
            items = [value[0]]  # `return h,`: a tuple of one
    else:
        if isinstance(value, Leaf) and value.type == "NoneType":
            return Outcome(problem=Finding("returned-none"))
        if not isinstance(value, list):
            if not isinstance(value, Leaf) or (value.shape or ())[:1] != (len(names),):
                return Outcome(problem=_wrong_count(task, 1))
            value = _rows(value)  # np.stack([h, c]) or np.array([h, c])
        if len(value) != len(names):
            return Outcome(problem=_wrong_count(task, len(value)))
        items = list(value)
    arrays, dtypes = {}, {}
    for output, item in zip(task.returns, items, strict=True):
        array = _array(item)
        if isinstance(array, Finding):
            return Outcome(problem=Finding(array.key, {"output": output.name, **array.params}))
        arrays[output.name] = array
        if output.dtype is not None:
            dtypes[output.name] = _dtype(item, output.dtype)
    return Outcome(arrays=arrays, dtypes=dtypes)


def _measured(task: Task, case: dict[str, Any], value: Value | None) -> Outcome:
    """Have the task measure a raw answer: what comes of that is compared instead."""
    assert task.measure is not None
    if isinstance(value, Leaf) and value.type == "NoneType":
        return Outcome(problem=Finding("returned-none"))
    try:
        with np.errstate(all="ignore"):
            measured = task.measure(case, _raw(value))
        arrays = {name: np.asarray(item, dtype=np.float64) for name, item in measured.items()}
    except Exception:  # whatever a raw answer of another form leads to
        return Outcome(problem=Finding("other-form"))
    return Outcome(arrays=arrays)


def _raw(value: Value | None) -> Any:
    """Return an answer as nested lists and dicts of arrays; None where there is no array."""
    if isinstance(value, list):
        return [_raw(item) for item in value]
    if isinstance(value, dict):
        return {key: _raw(item) for key, item in value.items()}
    return None if value is None else value.array


def _dtype(value: Value | None, wanted: str) -> str:
    """Return the dtype of an output; all kinds of integers are one where those are wanted."""
    if isinstance(value, list):
        return _dtype(value[0] if value else None, wanted)
    name = str(value.dtype) if isinstance(value, Leaf) else "none"
    return wanted if wanted == "integer" and name.startswith(("int", "uint")) else name


def _has_axes(value: Value, output: Output) -> bool:
    """Whether this is an array with all the axes of an output."""
    return isinstance(value, Leaf) and len(value.shape or ()) == len(output.axes)


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
    if isinstance(value, dict):
        return Finding("not-an-array", {"type": "dict"})
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
    checks = [_check(task, output, expected, yours) for output in task.returns]
    if any(right.error is not None for right in expected.values()):
        checks.append(_refuses_check(expected, yours))
    return [*checks, _inputs_check(cases, calls)]


def _check(task: Task, output: Output, expected: Trace, yours: Trace) -> Check:
    name, relative = output.name, task.tolerance or TOLERANCE
    for case, right in expected.items():
        if right.arrays is None or name not in right.arrays:
            assert right.problem is None, f"{task.id}: {right.problem} on case {case}"
            continue  # a case that is to be refused, or that measures something else
        mine = yours[case]
        if mine.arrays is None:
            return Check(name, False, mine.problem)
        if name not in mine.arrays:
            return Check(name, False, Finding("other-form"))
        if not equal(mine.arrays[name], right.arrays[name], relative):
            return Check(
                name,
                False,
                difference(output, case, mine.arrays[name], right.arrays[name], relative),
            )
        if mine.dtypes.get(name) != right.dtypes.get(name):
            params = {"output": name, "yours": mine.dtypes.get(name), "expected": output.dtype}
            return Check(name, False, Finding("other-dtype", params))
    return Check(name, True)


def _refuses_check(expected: Trace, yours: Trace) -> Check:
    for case, right in expected.items():
        if right.error is not None and not yours[case].refuses_like(right):
            params = {"error": right.error, "case": case, "type": yours[case].error}
            key = "raises-another" if yours[case].error else "should-raise"
            return Check(REFUSES_CHECK, False, Finding(key, params))
    return Check(REFUSES_CHECK, True)


def difference(
    output: Output, case: str, yours: np.ndarray, expected: np.ndarray, relative: float
) -> Finding:
    """Describe the first difference between two arrays."""
    params = {"output": output.name, "case": case}
    if output.text is not None and expected.shape == () and expected in (0, 1):
        return Finding("does-not-hold", params)
    if yours.shape != expected.shape:
        return Finding("wrong-shape", {**params, "yours": yours.shape, "expected": expected.shape})
    if not np.all(np.isfinite(yours)):
        index = _first(~np.isfinite(yours))
        value = "NaN" if np.isnan(yours[index]) else "inf"
        return Finding("not-finite", {**params, "index": index, "yours": value})
    index = _first(np.abs(yours - expected) > tolerance(expected, relative))
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
            if not _unchanged(before, call.after.get(name)):
                return Check(INPUTS_CHECK, False, Finding("input-modified", {"input": name}))
    return Check(INPUTS_CHECK, True)


def _unchanged(before: Any, after: Value | None) -> bool:
    if isinstance(before, np.ndarray):
        array = after.array if isinstance(after, Leaf) else None
        # Restoring an input to within rounding is not a change.
        return array is not None and equal(array, before, 1e-9)
    if isinstance(before, list | tuple) and isinstance(after, list):
        return len(before) == len(after) and all(map(_unchanged, before, after))
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(
            _unchanged(item, after[key]) for key, item in before.items()
        )
    return True  # a number, a string, a generator: nobody else sees what becomes of it
