"""Names the mistake behind wrong arrays.

A candidate is a guess at how the learner's function differs from the reference: an edit of it
(a misconception of the task), a generated family (gate blocks in another order, a bias left out
…), or two of these at once. A candidate's arrays are computed on the same probes; where they equal
the learner's on every case, that is the mistake. Where none does, the symptom tree says what can
be said: which output, from which time step on, which gate's rows.
"""

import functools
import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.judge import (
    INPUTS_CHECK,
    Cases,
    Finding,
    Outcome,
    Trace,
    copied,
    equal,
    sizes,
    tolerance,
    trace_of,
)
from autograder.registry import Misconception, Task, load

RECOGNISED = 1e-7  # a float64 answer equals its candidate to within this
RECOGNISED_LOOSELY = 1e-5  # one that works in float32 inside

Symbol = Callable[..., Any]


@dataclass(frozen=True)
class Mistake:
    """A named mistake: a task's misconception, or a family's finding."""

    id: str
    kind: str  # "mistake" or "convention"
    misconception: Misconception | None = None
    finding: Finding | None = None


@dataclass(frozen=True)
class Family:
    """A generated mistake: how it changes a call's arguments, and what comes back."""

    mistake: Mistake
    before: Callable[[dict[str, Any]], dict[str, Any]] = lambda case: case
    after: Callable[[dict[str, Any], list[np.ndarray]], list[np.ndarray]] = lambda case, out: out


@dataclass(frozen=True)
class Diagnosis:
    """What is known of a wrong answer: its mistakes if they were recognised, else its symptoms."""

    mistakes: tuple[Mistake, ...] = ()
    symptoms: tuple[Finding, ...] = ()


def diagnose(engine: "Engine", yours: Trace, wrong: list[str]) -> Diagnosis:
    """Find the candidate that equals the learner's trace, or else the symptoms.

    `wrong` names the checks that did not pass.
    """
    if wrong == [INPUTS_CHECK]:
        return Diagnosis()  # its finding says it all
    if any(outcome.arrays is not None for outcome in yours.values()):
        loosely: tuple[Mistake, ...] = ()
        for candidate in engine.candidates():
            if engine.matches(candidate, yours, RECOGNISED_LOOSELY):
                if engine.matches(candidate, yours, RECOGNISED):
                    return Diagnosis(mistakes=candidate)
                loosely = loosely or candidate
        if loosely:
            return Diagnosis(mistakes=loosely)
    return Diagnosis(symptoms=tuple(symptoms(engine.task, engine.cases, yours, engine.expected)))


# ---------------------------------------------------------------- candidates


@dataclass
class Engine:
    """Computes candidates' traces on one fixed set of cases, each at most once.

    The first case decides most comparisons, so the other cases are computed only for candidates
    that agree on it.
    """

    task: Task
    cases: Cases
    expected: Trace  # what the reference gives
    _first: dict[tuple[str, ...], Outcome] = field(default_factory=dict)
    _symbols: dict[tuple[str, ...], Symbol | None] = field(default_factory=dict)

    @functools.cached_property
    def edits(self) -> list[Mistake]:
        """The task's own misconceptions."""
        return [Mistake(m.id, m.kind, misconception=m) for m in self.task.misconceptions]

    @functools.cached_property
    def families(self) -> dict[str, Family]:
        """The generated families, by id."""
        return {family.mistake.id: family for family in families(self.task)}

    def candidates(self) -> Iterator[tuple[Mistake, ...]]:
        """All candidates, the simplest first."""
        generated = [family.mistake for family in self.families.values()]
        yield from ((mistake,) for mistake in self.edits)
        yield from ((mistake,) for mistake in generated)
        yield from itertools.combinations(self.edits, 2)
        yield from itertools.product(self.edits, generated)
        # Two families at once only where they are of different kinds.
        for one, other in itertools.combinations(generated, 2):
            if one.id.split("-")[0] != other.id.split("-")[0]:
                yield one, other

    def matches(self, candidate: tuple[Mistake, ...], yours: Trace, relative: float) -> bool:
        """Whether a candidate does what the learner's function did, on every case."""
        first = next(iter(self.cases))
        if not _same(self.first(candidate), yours[first], relative):
            return False
        trace = self.trace(candidate)
        return all(_same(trace[case], yours[case], relative) for case in self.cases) and any(
            not _same(trace[case], self.expected[case], relative)
            for case in self.cases
            if trace[case].arrays is not None
        )

    def first(self, candidate: tuple[Mistake, ...]) -> Outcome:
        """Return a candidate's outcome on the first case (computed once)."""
        key = tuple(mistake.id for mistake in candidate)
        if key not in self._first:
            name, case = next(iter(self.cases.items()))
            symbol = self.symbol(candidate)
            self._first[key] = (
                Outcome(error="none")
                if symbol is None
                else trace_of(self.task, symbol, {name: case})[name]
            )
        return self._first[key]

    def trace(self, candidate: tuple[Mistake, ...]) -> Trace:
        """Return a candidate's outcomes on all cases."""
        symbol = self.symbol(candidate)
        if symbol is None:
            return {case: Outcome(error="none") for case in self.cases}
        return trace_of(self.task, symbol, self.cases)

    def symbol(self, candidate: tuple[Mistake, ...]) -> Symbol | None:
        """Return the function a candidate stands for; None where its edits do not go together."""
        key = tuple(mistake.id for mistake in candidate)
        if key not in self._symbols:
            self._symbols[key] = self._built(candidate)
        return self._symbols[key]

    def _built(self, candidate: tuple[Mistake, ...]) -> Symbol | None:
        source: str | None = self.task.reference
        for mistake in candidate:
            if mistake.misconception is not None and source is not None:
                source = mistake.misconception.apply(source)
        if source is None:
            return None
        symbol: Symbol = self.task.run_reference
        if source != self.task.reference:
            try:
                symbol = load(compile(source, "<edit>", "exec"), self.task.symbol)
            except SyntaxError:
                return None
        for mistake in candidate:
            if mistake.misconception is None:
                symbol = _wrapped(self.task, symbol, self.families[mistake.id])
        return symbol


def _wrapped(task: Task, symbol: Symbol, family: Family) -> Symbol:
    single = len(task.returns) == 1

    def wrapped(*values: Any) -> Any:
        case = dict(zip(task.arguments, values, strict=False))
        changed = family.before({name: copied(value) for name, value in case.items()})
        out = symbol(*changed.values(), *values[len(case) :])
        arrays = family.after(case, [out] if single else list(out))
        return arrays[0] if single else tuple(arrays)

    return wrapped


def _same(one: Outcome, other: Outcome, relative: float) -> bool:
    if one.arrays is None or other.arrays is None:
        return one.arrays is other.arrays and one.error is not None and one.error == other.error
    return all(equal(one.arrays[k], other.arrays[k], relative) for k in one.arrays)


# ---------------------------------------------------------------- families

GATES = {4: "ifgo", 3: "rzn"}  # the blocks of a "4H" and of a "3H" axis, in the course's order
ORDERS_ELSEWHERE = {
    "ifog": "CS231n",
    "igfo": "TensorFlow 1",
    "iofg": "ONNX",
    "zrn": "Keras, ONNX",
}


def families(task: Task) -> Iterator[Family]:
    """Generate every family that the shapes of a task's arguments and outputs allow."""
    arguments, returns = task.arguments, task.returns
    yield from _gate_orders(task)
    for name, axes in arguments.items():
        if len(axes) == 1 and name.startswith("b"):
            yield _on_argument("bias-missing", name, lambda b: 0 * b)
            yield _on_argument("bias-doubled", name, lambda b: 2 * b)
        if len(axes) == 2 and name.startswith("W"):
            yield _on_argument("weight-transposed", name, lambda w: w.T)
        if axes == ("N", "H"):
            yield _on_argument("state-ignored", name, lambda state: 0 * state)
    for one, other in itertools.combinations(arguments, 2):
        if arguments[one] == arguments[other] and len(arguments[one]) > 1:
            yield _arguments_swapped(one, other)
    for order in _return_orders(len(returns)):
        yield _returns_swapped(task, order)
    yield from _time(task)
    yield from _factors(task)


def _mistake(kind: str, suffix: str = "", severity: str = "mistake", **params: Any) -> Mistake:
    name = f"{kind}-{suffix}" if suffix else kind
    return Mistake(name, severity, finding=Finding(kind, params))


def _on_argument(kind: str, name: str, change: Callable[[np.ndarray], np.ndarray]) -> Family:
    return Family(
        _mistake(kind, name, argument=name),
        before=lambda case: {k: change(v) if k == name else v for k, v in case.items()},
    )


def _arguments_swapped(one: str, other: str) -> Family:
    swap = {one: other, other: one}
    return Family(
        _mistake("arguments-swapped", f"{one}-{other}", one=one, other=other),
        before=lambda case: {name: case[swap.get(name, name)] for name in case},
    )


def _return_orders(count: int) -> Iterator[tuple[int, ...]]:
    """Every other order of two or three outputs; of more, every swap of two."""
    identity = tuple(range(count))
    if count <= 3:
        yield from (order for order in itertools.permutations(identity) if order != identity)
        return
    for a, b in itertools.combinations(identity, 2):
        order = list(identity)
        order[a], order[b] = b, a
        yield tuple(order)


def _returns_swapped(task: Task, order: tuple[int, ...]) -> Family:
    names = [task.returns[k].name for k in order]
    return Family(
        _mistake("returns-swapped", "-".join(names), order=", ".join(names)),
        after=lambda case, out: [out[k] for k in order],
    )


def _gate_orders(task: Task) -> Iterator[Family]:
    """The learner takes the blocks of a 4H (3H) axis for gates in another order."""
    for blocks, gates in GATES.items():
        axis = f"{blocks}H"
        if not any(axis in axes for axes in task.arguments.values()):
            continue
        for theirs in itertools.permutations(gates):
            if "".join(theirs) != gates:
                yield _gate_order(task, axis, gates, "".join(theirs))


def _gate_order(task: Task, axis: str, gates: str, theirs: str) -> Family:
    # Their block k is gate theirs[k]: what the reference reads as gate g stands at theirs.index(g).
    take = [theirs.index(gate) for gate in gates]
    put = [gates.index(gate) for gate in theirs]

    def reorder(array: np.ndarray, axes: tuple[str, ...], order: list[int]) -> np.ndarray:
        if axis not in axes:
            return array
        parts = np.split(array, len(gates), axis=axes.index(axis))
        return np.concatenate([parts[k] for k in order], axis=axes.index(axis))

    elsewhere = ORDERS_ELSEWHERE.get(theirs)
    kind = "gate-order-known" if elsewhere else "gate-order"
    params = {"yours": ", ".join(theirs), "ours": ", ".join(gates), "where": elsewhere}
    return Family(
        Mistake(
            f"gate-order-{theirs}",
            "convention" if elsewhere else "mistake",
            finding=Finding(kind, params),
        ),
        before=lambda case: {k: reorder(v, task.arguments[k], take) for k, v in case.items()},
        after=lambda case, out: [
            reorder(array, output.axes, put)
            for array, output in zip(out, task.returns, strict=True)
        ],
    )


def _time(task: Task) -> Iterator[Family]:
    """Time runs backwards, or outputs stand a step too late or too early."""

    def flip(array: np.ndarray, axes: tuple[str, ...]) -> np.ndarray:
        return np.flip(array, axes.index("T")) if "T" in axes else array

    def flip_out(case: dict[str, Any], out: list[np.ndarray]) -> list[np.ndarray]:
        return [flip(array, output.axes) for array, output in zip(out, task.returns, strict=True)]

    def flip_in(case: dict[str, Any]) -> dict[str, Any]:
        return {name: flip(value, task.arguments[name]) for name, value in case.items()}

    # Returned states with the argument that stands before the first: hs and h0.
    starts = {
        output.name: output.name.removesuffix("s") + "0"
        for output in task.returns
        if output.axes == ("N", "T", "H") and output.name.removesuffix("s") + "0" in task.arguments
    }

    def shift(case: dict[str, Any], out: list[np.ndarray]) -> list[np.ndarray]:
        """Put the state before each step in the place of the state after it."""
        return [
            np.concatenate([case[starts[output.name]][:, None], array[:, :-1]], axis=1)
            if output.name in starts
            else array
            for array, output in zip(out, task.returns, strict=True)
        ]

    if not any("T" in axes for axes in task.arguments.values()):
        return
    if any("T" in output.axes for output in task.returns):
        yield Family(_mistake("time-reversed"), before=flip_in, after=flip_out)
        yield Family(_mistake("outputs-reversed"), after=flip_out)
        if starts:
            yield Family(_mistake("outputs-late"), after=shift)
    yield Family(_mistake("inputs-reversed"), before=flip_in)


def _factors(task: Task) -> Iterator[Family]:
    """One output, or all of them, is a constant times the right one."""
    axes = {axis for all_axes in task.arguments.values() for axis in all_axes}
    constants: list[tuple[str, Callable[[dict[str, int]], float]]] = [
        ("minus-one", lambda size: -1.0),
        ("2", lambda size: 2.0),
        ("half", lambda size: 0.5),
        ("ln2", lambda size: math.log(2)),
        ("1-ln2", lambda size: 1 / math.log(2)),
    ]
    for axis in ("N", "T"):
        if axis in axes:
            constants.append((axis, lambda size, axis=axis: float(size[axis])))  # type: ignore[misc]
            constants.append((f"1-{axis}", lambda size, axis=axis: 1.0 / size[axis]))  # type: ignore[misc]
    names = [output.name for output in task.returns]
    targets = [[name] for name in names] + ([names] if len(names) > 1 else [])
    # Gradients of parameters, taken together: all of them averaged over the batch.
    of_parameters = [name for name in names if name.startswith(("dW", "db"))]
    if 1 < len(of_parameters) < len(names):
        targets.append(of_parameters)
    for target in targets:
        for label, factor in constants:
            yield _factor(task, target, label, factor)


def _factor(
    task: Task, target: list[str], label: str, factor: Callable[[dict[str, int]], float]
) -> Family:
    suffix = "all" if len(target) == len(task.returns) > 1 else "-".join(target)
    text = {"minus-one": "-1", "half": "1/2", "ln2": "ln 2"}.get(label, label.replace("-", "/"))

    def scaled(case: dict[str, Any], out: list[np.ndarray]) -> list[np.ndarray]:
        by = factor(sizes(task, case))
        return [
            by * array if output.name in target else array
            for array, output in zip(out, task.returns, strict=True)
        ]

    finding = Finding("factor", {"outputs": ", ".join(target), "factor": text})
    return Family(Mistake(f"factor-{label}-{suffix}", "mistake", finding=finding), after=scaled)


# ---------------------------------------------------------------- symptoms


def symptoms(task: Task, cases: Cases, yours: Trace, expected: Trace) -> Iterator[Finding]:
    """Say what can be said of a wrong answer that nobody has named yet."""
    problems = {case: o.problem for case, o in yours.items() if o.problem is not None}
    if problems:
        yield from _of_problems(problems, yours)
        return
    for output in task.returns:
        for case, right in expected.items():
            mine = yours[case].arrays
            assert mine is not None
            assert right.arrays is not None
            a, b = mine[output.name], right.arrays[output.name]
            if not equal(a, b):
                yield from _of_output(task, output.name, output.axes, cases[case], a, b)
                break
    wrong = [
        case
        for case, right in expected.items()
        if any(not equal(yours[case].arrays[k], v) for k, v in (right.arrays or {}).items())  # type: ignore[index]
    ]
    if wrong == ["square"]:
        yield Finding("only-square")
    elif wrong == ["single"]:
        yield Finding("only-single")


def _of_problems(problems: dict[str, Finding], yours: Trace) -> Iterator[Finding]:
    finding = next(iter(problems.values()))
    if finding.key == "raised":
        text, kind = finding.params["text"], finding.params["type"]
        if "matmul" in text or "not aligned" in text:
            yield Finding("hint-matmul")
        elif "could not be broadcast" in text:
            yield Finding("hint-broadcast")
        elif kind == "NameError":
            yield Finding("hint-name")
        elif kind == "TypeError" and "positional argument" in text:
            yield Finding("hint-signature")
    if "square" in yours and yours["square"].arrays is not None and "square" not in problems:
        yield Finding("works-when-square")


def _of_output(
    task: Task, name: str, axes: tuple[str, ...], case: dict[str, Any], a: np.ndarray, b: np.ndarray
) -> Iterator[Finding]:
    if a.shape != b.shape:
        if sorted(a.shape) == sorted(b.shape) and a.ndim > 1:
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
