"""What can be said of a wrong answer that nobody has named: where it differs, and how.

Which exception, which axis, from which time step on, which gate's block, what constant ratio.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.families import GATES
from autograder.judge import Cases, Finding, Outcome, Trace, equal, sizes, tolerance
from autograder.registry import Task


def symptoms(task: Task, cases: Cases, yours: Trace, expected: Trace) -> Iterator[Finding]:
    """Say what can be said of a wrong answer that nobody has named yet."""
    expected = {case: right for case, right in expected.items() if right.arrays is not None}
    yours = {case: yours[case] for case in expected}
    problems = {case: o.problem for case, o in yours.items() if o.problem is not None}
    if problems:
        yield from _of_problems(problems)
        if "square" not in problems and _only_square_has_equal_sizes(task, cases):
            works = _right(yours["square"], expected["square"])
            yield Finding("right-when-square" if works else "works-when-square")
        return
    for output in task.returns:
        for case, right in expected.items():
            mine = yours[case].arrays
            assert mine is not None
            assert right.arrays is not None
            if output.name not in right.arrays or output.name not in mine:
                continue  # measured in other cases only
            a, b = mine[output.name], right.arrays[output.name]
            if not equal(a, b):
                yield from _of_output(task, output.name, output.axes, cases[case], a, b)
                break
    wrong = [case for case, right in expected.items() if not _right(yours[case], right)]
    if wrong == ["square"] and _only_square_has_equal_sizes(task, cases):
        yield Finding("only-square")
    elif wrong == ["single"] and task.arguments:
        yield Finding("only-single")


def _only_square_has_equal_sizes(task: Task, cases: Cases) -> bool:
    """Whether the case "square" stands for equal sizes, and the others for different ones."""
    differ = {case: len(set(sizes(task, cases[case]).values())) > 1 for case in cases}
    return bool(task.arguments) and differ.pop("square", True) is False and any(differ.values())


def _right(mine: Outcome, right: Outcome) -> bool:
    arrays = mine.arrays or {}
    return all(k in arrays and equal(arrays[k], v) for k, v in (right.arrays or {}).items())


def _of_problems(problems: dict[str, Finding]) -> Iterator[Finding]:
    finding = next(iter(problems.values()))
    if finding.key == "raised":
        text, kind = finding.params["text"], finding.params["type"]
        if "matmul" in text or "not aligned" in text:
            yield Finding("hint-matmul")
        elif "could not be broadcast" in text:
            yield Finding("hint-broadcast")
        elif "cannot reshape" in text:
            yield Finding("hint-reshape")
        elif "equal division" in text:
            yield Finding("hint-split")
        elif "must match exactly" in text:
            yield Finding("hint-join")
        elif kind == "IndexError":
            yield Finding("hint-index")
        elif kind == "UnboundLocalError":
            yield Finding("hint-unbound")
        elif kind == "NameError":
            yield Finding("hint-name")
        elif kind == "TypeError" and "positional argument" in text:
            yield Finding("hint-signature")


def _of_output(
    task: Task, name: str, axes: tuple[str, ...], case: dict[str, Any], a: np.ndarray, b: np.ndarray
) -> Iterator[Finding]:
    if a.shape != b.shape:
        if sorted(a.shape) == sorted(b.shape) and a.ndim == len(axes) > 1:
            order = _axes_of(a.shape, dict(zip(axes, b.shape, strict=True)))
            yield Finding("axes-mixed", {"output": name, "yours": order, "ours": ", ".join(axes)})
        elif a.ndim != b.ndim:
            yield Finding("wrong-ndim", {"output": name, "yours": a.ndim, "expected": b.ndim})
        return
    off = ~(np.abs(a - b) <= tolerance(b))
    if "T" in axes and a.shape[axes.index("T")] > 1:
        steps = off.any(axis=tuple(k for k, axis in enumerate(axes) if axis != "T"))
        wrong = np.flatnonzero(steps)
        if not steps[0] and steps[wrong[0] :].all():
            yield Finding("from-step", {"output": name, "step": int(wrong[0])})
        elif not steps[-1] and len(wrong) == len(steps) - 1:
            yield Finding("only-last-step", {"output": name})
        elif len(wrong) == 1:
            yield Finding("one-step", {"output": name, "step": int(wrong[0])})
    for blocks, gates in GATES.items():
        if f"{blocks}H" in axes:
            parts = np.split(off, blocks, axis=axes.index(f"{blocks}H"))
            bad = [gate for gate, part in zip(gates, parts, strict=True) if part.any()]
            if len(bad) < blocks:
                yield Finding("gate-rows", {"output": name, "gates": ", ".join(bad)})
    with np.errstate(all="ignore"):
        ratio = a[off] / b[off]
    if off.all() and ratio.size > 1 and np.ptp(ratio) <= 1e-6 * np.abs(ratio).max():
        yield Finding("constant-ratio", {"output": name, "ratio": float(ratio.mean())})


def _axes_of(shape: tuple[int, ...], by_axis: dict[str, int]) -> str:
    left = dict(by_axis)
    names = []
    for size in shape:
        axis = next(a for a, n in left.items() if n == size)
        names.append(axis)
        del left[axis]
    return ", ".join(names)
