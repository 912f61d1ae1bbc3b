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
UNTOUCHED = 1e-13  # what a mistake does not reach is the same but for rounding

Symbol = Callable[..., Any]


@dataclass(frozen=True)
class Mistake:
    """A named mistake: a task's misconception, or a family's finding."""

    id: str
    kind: str  # "mistake" or "convention"
    misconception: Misconception | None = None
    finding: Finding | None = None


Arrays = list[np.ndarray]


@dataclass(frozen=True)
class Family:
    """A generated mistake: how it changes a call's arguments, and what comes back."""

    mistake: Mistake
    before: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    after: Callable[[dict[str, Any], Arrays], Arrays] | None = None
    moves: bool = False  # numbers come to stand in other places
    rare: bool = False  # tried together with a few of the other families only


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
        for candidate in engine.candidates(yours):
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
    """Computes candidates' arrays on one fixed set of cases, each at most once.

    Two mistakes at once are tried only where the arrays of each alone allow it, and on the
    smallest case first: it decides most comparisons.
    """

    task: Task
    cases: Cases
    expected: Trace  # what the reference gives
    _outcomes: dict[tuple[str, ...], Outcome] = field(default_factory=dict)
    _symbols: dict[tuple[str, ...], Symbol | None] = field(default_factory=dict)

    @functools.cached_property
    def edits(self) -> list[Mistake]:
        """The task's own misconceptions."""
        return [Mistake(m.id, m.kind, misconception=m) for m in self.task.misconceptions]

    @functools.cached_property
    def families(self) -> dict[str, Family]:
        """The generated families, by id."""
        return {family.mistake.id: family for family in families(self.task)}

    @functools.cached_property
    def single(self) -> list[Mistake]:
        """Every mistake by itself: the edits, then the families."""
        return [*self.edits, *(family.mistake for family in self.families.values())]

    @functools.cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """What may be made together, as places in ``single``; edits before families."""
        edits = range(len(self.edits))
        generated = range(len(self.edits), len(self.single))
        pairs = [*itertools.combinations(edits, 2), *itertools.product(edits, generated)]
        kinds = [mistake.id.split("-")[0] for mistake in self.single]
        rare = [k in generated and self.families[m.id].rare for k, m in enumerate(self.single)]
        for one, other in itertools.combinations(generated, 2):
            # Two families at once only where they are of different kinds, and one is common.
            together = (rare[one] + rare[other], "gate" in (kinds[one], kinds[other]))
            if kinds[one] != kinds[other] and together in ((0, False), (0, True), (1, False)):
                pairs.append((one, other))
        return pairs

    def candidates(self, yours: Trace | None = None) -> Iterator[tuple[Mistake, ...]]:
        """All candidates, the simplest first; of the pairs those that could be the learner's."""
        yield from ((mistake,) for mistake in self.single)
        possible = None if yours is None else self._possible(yours).tolist()
        for k, j in self.pairs:
            if possible is None or possible[k][j]:
                yield self.single[k], self.single[j]

    def matches(self, candidate: tuple[Mistake, ...], yours: Trace, relative: float) -> bool:
        """Whether a candidate does what the learner's function did, on every case."""
        trace = {}
        for case in self._smallest_first:
            trace[case] = self.outcome(candidate, case)
            if not _same(trace[case], yours[case], relative):
                return False
        return any(
            not _same(trace[case], self.expected[case], relative)
            for case in self.cases
            if trace[case].arrays is not None
        )

    @functools.cached_property
    def _smallest_first(self) -> list[str]:
        return sorted(self.cases, key=lambda case: sum(map(np.size, self.cases[case].values())))

    # What of two mistakes at once can be read off each of them alone: where the one leaves a
    # number right, it is the other's, so the other alone must already give the learner's number.

    @functools.cached_property
    def _right(self) -> np.ndarray:
        return self._numbers(self.expected)

    @functools.cached_property
    def _scale(self) -> np.ndarray:
        outputs = [a for o in self.expected.values() for a in (o.arrays or {}).values()]
        return np.concatenate([np.full(a.size, tolerance(a, 1.0)) for a in outputs])

    @functools.cached_property
    def _alone(self) -> np.ndarray:
        """The numbers that each mistake gives by itself, one row a mistake."""
        return np.stack([self._numbers(self.trace((mistake,))) for mistake in self.single])

    def _numbers(self, trace: Trace) -> np.ndarray:
        """All outputs of all cases in a row; NaN where there is none of the right shape."""
        parts = []
        for case, right in self.expected.items():
            mine = trace[case].arrays or {}
            for name, array in (right.arrays or {}).items():
                same = name in mine and mine[name].shape == array.shape
                parts.append(mine[name].ravel() if same else np.full(array.size, np.nan))
        return np.concatenate(parts)

    def _possible(self, yours: Trace) -> np.ndarray:
        """Which two mistakes, as places in ``single``, could together be the learner's."""
        mine, alone = self._numbers(yours), self._alone
        with np.errstate(all="ignore"):
            off = np.abs(alone - self._right) / self._scale
            unlike = np.abs(alone - mine) / self._scale > 2 * RECOGNISED_LOOSELY
            right = np.abs(mine - self._right) <= RECOGNISED_LOOSELY * self._scale
        untouched = off <= UNTOUCHED
        clash = untouched.astype(np.float32) @ unlike.T.astype(np.float32)
        # What one mistake makes wrong the other does not put right, nor does it mend a shape.
        spoils = ((off > 1e3 * RECOGNISED_LOOSELY) & right).any(axis=1)
        spoils |= (np.isnan(alone) & ~np.isnan(mine)).any(axis=1)
        possible: np.ndarray = (clash + clash.T == 0) & ~spoils[:, None] & ~spoils
        moves = [self._moves(mistake) for mistake in self.single]
        possible[moves] = possible[:, moves] = True  # place by place nothing can be said of these
        return possible

    def _moves(self, mistake: Mistake) -> bool:
        known = mistake.misconception
        return self.families[mistake.id].moves if known is None else known.moves

    def outcome(self, candidate: tuple[Mistake, ...], case: str) -> Outcome:
        """Return what a candidate gives on one case (computed once)."""
        key = (case, *(mistake.id for mistake in candidate))
        if key not in self._outcomes:
            self._outcomes[key] = self._outcome(candidate, case)
        return self._outcomes[key]

    def _outcome(self, candidate: tuple[Mistake, ...], case: str) -> Outcome:
        if not candidate:
            return self.expected[case]
        last = self.families.get(candidate[-1].id) if not candidate[-1].misconception else None
        if last is not None and last.before is None and last.after is not None:
            return self._changed(self.outcome(candidate[:-1], case), last.after, case)
        symbol = self.symbol(candidate)
        if symbol is None:
            return Outcome(error="none")
        return trace_of(self.task, symbol, {case: self.cases[case]})[case]

    def _changed(
        self, outcome: Outcome, after: Callable[[dict[str, Any], Arrays], Arrays], case: str
    ) -> Outcome:
        """Apply a family that only changes what comes back: nothing need be called again."""
        if outcome.arrays is None:
            return outcome
        try:
            with np.errstate(all="ignore"):
                arrays = after(self.cases[case], list(outcome.arrays.values()))
        except (ValueError, IndexError) as error:  # arrays of other shapes than the task's
            return Outcome(error=type(error).__name__)
        return Outcome(arrays=dict(zip(outcome.arrays, arrays, strict=True)))

    def trace(self, candidate: tuple[Mistake, ...]) -> Trace:
        """Return a candidate's outcomes on all cases."""
        return {case: self.outcome(candidate, case) for case in self.cases}

    def symbol(self, candidate: tuple[Mistake, ...]) -> Symbol | None:
        """Return the function a candidate stands for; None where its edits do not go together."""
        key = tuple(mistake.id for mistake in candidate)
        if key not in self._symbols:
            self._symbols[key] = self._built(candidate)
        return self._symbols[key]

    def _built(self, candidate: tuple[Mistake, ...]) -> Symbol | None:
        if not candidate:
            return self.task.run_reference
        *others, last = candidate
        if last.misconception is None:  # families come last
            symbol = self.symbol(tuple(others))
            return symbol and _wrapped(self.task, symbol, self.families[last.id])
        source: str | None = self.task.reference
        for mistake in candidate:
            assert mistake.misconception is not None
            source = source and mistake.misconception.apply(source)
        if source is None:
            return None
        try:
            return load(compile(source, "<edit>", "exec"), self.task.symbol)
        except SyntaxError:
            return None


def _wrapped(task: Task, symbol: Symbol, family: Family) -> Symbol:
    single = len(task.returns) == 1

    def wrapped(*values: Any) -> Any:
        case = dict(zip(task.arguments, values, strict=False))
        changed = {name: copied(value) for name, value in case.items()}
        if family.before is not None:
            changed = family.before(changed)
        out = symbol(*changed.values(), *values[len(case) :])
        if family.after is None:
            return out
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
            yield _on_arguments("weight-reshaped", [name], _reshaped)
        if axes == ("N", "H"):
            yield _on_argument("state-ignored", name, lambda state: 0 * state)
    weights = [name for name, axes in arguments.items() if len(axes) == 2 and name[0] == "W"]
    if len(weights) > 1:
        yield _on_arguments("weight-reshaped", weights, _reshaped)
    yield from _blocks(task)
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


def _on_arguments(
    kind: str,
    names: list[str],
    change: Callable[[np.ndarray], np.ndarray],
    suffix: str = "",
    severity: str = "mistake",
    rare: bool = True,
    **params: Any,
) -> Family:
    suffix = "-".join([*names, suffix] if suffix else names)
    return Family(
        _mistake(kind, suffix, severity, arguments=", ".join(names), **params),
        before=lambda case: {k: change(v) if k in names else v for k, v in case.items()},
        rare=rare,
    )


def _reshaped(weight: np.ndarray) -> np.ndarray:
    """Return the weight whose transpose is a reshape of the right one."""
    return weight.reshape(weight.shape[::-1]).T


def _blocks(task: Task) -> Iterator[Family]:
    """One gate's block of the weights or biases is another's, is left out, or serves alone."""
    gates = GATES[4]
    names = [name for name, axes in task.arguments.items() if axes[:1] == ("4H",)]

    def blocks(take: dict[int, int | None]) -> Callable[[np.ndarray], np.ndarray]:
        """Put block `take[k]` (None: zeros) in the place of block k."""

        def change(array: np.ndarray) -> np.ndarray:
            parts = np.split(array, len(gates))
            new = [take.get(k, k) for k in range(len(gates))]
            return np.concatenate([0 * parts[0] if k is None else parts[k] for k in new])

        return change

    weights = [name for name in names if name[0] == "W"]
    groups = [[name] for name in names]
    groups += [group for group in (weights, names) if len(group) > 1]
    for group in groups:
        for k, other in itertools.permutations(range(len(gates)), 2):
            gate, taken = gates[k], gates[other]
            yield _on_arguments(
                "block-taken", group, blocks({k: other}), f"{gate}-{taken}", gate=gate, taken=taken
            )
    for name in names:
        for k, gate in enumerate(gates):
            alone: dict[int, int | None] = {j: None for j in range(len(gates)) if j != k}
            yield _on_arguments("block-missing", [name], blocks({k: None}), gate, gate=gate)
            yield _on_arguments("block-only", [name], blocks(alone), gate, gate=gate)
        everywhere: dict[int, int | None] = dict.fromkeys(range(len(gates)), 0)
        yield _on_arguments("block-first", [name], blocks(everywhere))
    if task.arguments.get("b") == ("4H",):

        def one_more(b: np.ndarray) -> np.ndarray:
            return b + np.repeat(np.eye(len(gates))[gates.index("f")], len(b) // len(gates))

        yield _on_arguments("forget-bias-extra", ["b"], one_more, "", "convention", rare=False)


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
        moves=True,
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
        moves=any(axis in output.axes for output in task.returns),
    )


def _time(task: Task) -> Iterator[Family]:
    """Time runs backwards, or outputs stand a step too late or too early."""

    def flip(array: np.ndarray, axes: tuple[str, ...]) -> np.ndarray:
        return np.flip(array, axes.index("T")) if "T" in axes else array

    def flip_out(case: dict[str, Any], out: Arrays) -> Arrays:
        return [flip(array, output.axes) for array, output in zip(out, task.returns, strict=True)]

    def flip_in(case: dict[str, Any]) -> dict[str, Any]:
        return {name: flip(value, task.arguments[name]) for name, value in case.items()}

    # Returned states with the argument that stands before the first: hs and h0.
    starts = {
        output.name: output.name.removesuffix("s") + "0"
        for output in task.returns
        if output.axes == ("N", "T", "H") and output.name.removesuffix("s") + "0" in task.arguments
    }

    def shift(case: dict[str, Any], out: Arrays) -> Arrays:
        """Put the state before each step in the place of the state after it."""
        return [
            np.concatenate([case[starts[output.name]][:, None], array[:, :-1]], axis=1)
            if output.name in starts
            else array
            for array, output in zip(out, task.returns, strict=True)
        ]

    def reshaped(case: dict[str, Any], out: Arrays) -> Arrays:
        """Make (N, T, …) of arrays with time in front by a reshape instead of a transpose."""
        return [
            np.swapaxes(array, 0, 1).reshape(array.shape) if output.axes[:2] == both else array
            for array, output in zip(out, task.returns, strict=True)
        ]

    def on_inputs(change: Callable[[np.ndarray], np.ndarray]) -> Callable[..., dict[str, Any]]:
        return lambda case: {k: change(v) if k == "x" else v for k, v in case.items()}

    def later(x: np.ndarray) -> np.ndarray:
        return np.concatenate([0 * x[:, :1], x[:, :-1]], axis=1)

    def earlier(x: np.ndarray) -> np.ndarray:
        return np.concatenate([x[:, 1:], 0 * x[:, :1]], axis=1)

    both = ("N", "T")
    if not any("T" in axes for axes in task.arguments.values()):
        return
    if any("T" in output.axes for output in task.returns):
        yield Family(_mistake("time-reversed"), before=flip_in, after=flip_out, moves=True)
        yield Family(_mistake("outputs-reversed"), after=flip_out, moves=True)
        yield Family(_mistake("outputs-reshaped"), after=reshaped, moves=True)
        if starts:
            yield Family(_mistake("outputs-late"), after=shift, moves=True)
    yield Family(_mistake("inputs-reversed"), before=flip_in)
    if task.arguments.get("x", ())[:2] == both:
        yield Family(_mistake("inputs-late"), before=on_inputs(later))
        yield Family(_mistake("inputs-around"), before=on_inputs(lambda x: np.roll(x, 1, 1)))
        yield Family(_mistake("inputs-early"), before=on_inputs(earlier))


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
    initial = [name for name in names if name in ("dh0", "dc0")]
    for target in [*([name] for name in names), initial]:
        if 0 < len(target) < len(names) and (len(target) == 1 or target is initial):
            mistake = _mistake("output-zero", "-".join(target), outputs=", ".join(target))
            yield Family(mistake, after=_zeroed(task, target), rare=True)


def _factor(
    task: Task, target: list[str], label: str, factor: Callable[[dict[str, int]], float]
) -> Family:
    suffix = "all" if len(target) == len(task.returns) > 1 else "-".join(target)
    text = {"minus-one": "-1", "half": "1/2", "ln2": "ln 2"}.get(label, label.replace("-", "/"))

    def scaled(case: dict[str, Any], out: Arrays) -> Arrays:
        by = factor(sizes(task, case))
        return [
            by * array if output.name in target else array
            for array, output in zip(out, task.returns, strict=True)
        ]

    finding = Finding("factor", {"outputs": ", ".join(target), "factor": text})
    name = f"factor-{label}-{suffix}"
    return Family(Mistake(name, "mistake", finding=finding), after=scaled, rare=True)


def _zeroed(task: Task, target: list[str]) -> Callable[[dict[str, Any], Arrays], Arrays]:
    return lambda case, out: [
        0 * array if output.name in target else array
        for array, output in zip(out, task.returns, strict=True)
    ]


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
        elif "cannot reshape" in text:
            yield Finding("hint-reshape")
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
