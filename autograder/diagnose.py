"""Names the mistake behind wrong arrays.

A candidate is a guess at how the learner's function differs from the reference: an edit of it
(a misconception of the task), a generated family (gate blocks in another order, a bias left out
…), or two of these at once. A candidate's arrays are computed on the same probes; where they equal
the learner's on every case, that is the mistake. Where none does, the symptom tree says what can
be said: which output, from which time step on, which gate's rows.
"""

import functools
import itertools
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.families import Arrays, Family, Mistake, families
from autograder.judge import (
    INPUTS_CHECK,
    Cases,
    Finding,
    Outcome,
    Trace,
    copied,
    equal,
    tolerance,
    trace_of,
)
from autograder.registry import Task, load
from autograder.symptoms import symptoms

RECOGNIZED = 1e-7  # a float64 answer equals its candidate to within this
RECOGNIZED_LOOSELY = 1e-5  # one that works in float32 inside
UNTOUCHED = 1e-13  # what a mistake does not reach is the same but for rounding

Symbol = Callable[..., Any]


@dataclass(frozen=True)
class Diagnosis:
    """What is known of a wrong answer: its mistakes if they were recognized, else its symptoms."""

    mistakes: tuple[Mistake, ...] = ()
    symptoms: tuple[Finding, ...] = ()


def diagnose(engine: "Engine", yours: Trace, wrong: list[str]) -> Diagnosis:
    """Find the candidate that equals the learner's trace, or else the symptoms.

    `wrong` names the checks that did not pass.
    """
    if wrong == [INPUTS_CHECK]:
        return Diagnosis()  # its finding says it all
    turned = _put_in_order(engine, yours)
    if turned is not None:
        order, yours = turned
        if all(_same(yours[c], right, RECOGNIZED_LOOSELY) for c, right in engine.expected.items()):
            return Diagnosis(mistakes=(order,))
        for mistake in engine.single:
            if engine.matches((mistake,), yours, RECOGNIZED_LOOSELY):
                return Diagnosis(mistakes=(order, mistake))
    elif any(outcome.arrays is not None for outcome in yours.values()):
        loosely: tuple[Mistake, ...] = ()
        for candidate in engine.candidates(yours):
            if engine.matches(candidate, yours, RECOGNIZED_LOOSELY):
                if engine.matches(candidate, yours, RECOGNIZED):
                    return Diagnosis(mistakes=candidate)
                loosely = loosely or candidate
        if loosely:
            return Diagnosis(mistakes=loosely)
    return Diagnosis(symptoms=tuple(symptoms(engine.task, engine.cases, yours, engine.expected)))


def _put_in_order(engine: "Engine", yours: Trace) -> tuple[Mistake, Trace] | None:
    """Put four or more outputs in their order where the shapes say that they are in another.

    Every order is far too many to try; of arrays alike in shape, equal values decide.
    """
    names = [output.name for output in engine.task.returns]
    if len(names) < 4 or any(outcome.arrays is None for outcome in yours.values()):
        return None
    first = engine._smallest_first[-1]
    mine = list((yours[first].arrays or {}).items())
    right = engine.expected[first].arrays or {}
    if [name for name, _ in mine] != names or list(right) != names:
        return None
    if all(array.shape == right[name].shape for name, array in mine):
        return None
    places: list[int] = []
    for name in names:
        alike = [
            k
            for k, (_, array) in enumerate(mine)
            if k not in places and array.shape == right[name].shape
        ]
        if not alike:
            return None
        places.append(next((k for k in alike if equal(mine[k][1], right[name])), alike[0]))
    trace = {}
    for case, outcome in yours.items():
        arrays = list((outcome.arrays or {}).values())
        if len(arrays) != len(names):
            return None
        ordered = {name: arrays[k] for name, k in zip(names, places, strict=True)}
        trace[case] = Outcome(arrays=ordered, dtypes=outcome.dtypes)
    order = [names[places.index(k)] for k in range(len(names))]
    params = {"order": ", ".join(order)}
    finding = Finding("returns-swapped", params)
    return Mistake(f"returns-swapped-{'-'.join(order)}", "mistake", finding=finding), trace


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
    _arguments: dict[tuple[str, str], dict[str, Any] | Outcome] = field(default_factory=dict)

    @functools.cached_property
    def edits(self) -> list[Mistake]:
        """The task's own misconceptions."""
        return [Mistake(m.id, m.kind, misconception=m) for m in self.task.misconceptions]

    @functools.cached_property
    def families(self) -> dict[str, Family]:
        """The generated families, by id; none where what is compared is not what came back."""
        if self.task.measure is not None:
            return {}
        return {family.mistake.id: family for family in families(self.task)}

    @functools.cached_property
    def single(self) -> list[Mistake]:
        """Every mistake by itself: the edits, then the families."""
        return [*self.edits, *(family.mistake for family in self.families.values())]

    @functools.cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """What may be made together, as places in ``single``; edits before families."""
        if self.task.framework is not None:
            return []  # each would take long, and behaviours tell too little of two at once
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
        if not self.pairs:
            return
        pairs = np.array(self.pairs)
        if yours is not None:
            pairs = pairs[self._possible(yours)[tuple(pairs.T)]]
        for k, j in pairs.tolist():
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
            if trace[case].arrays is not None or self.expected[case].error is not None
        )

    @functools.cached_property
    def _smallest_first(self) -> list[str]:
        return sorted(self.cases, key=lambda case: _count(self.cases[case]))

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
            unlike = np.abs(alone - mine) / self._scale > 2 * RECOGNIZED_LOOSELY
            right = np.abs(mine - self._right) <= RECOGNIZED_LOOSELY * self._scale
        untouched = off <= UNTOUCHED
        clash = untouched.astype(np.float32) @ unlike.T.astype(np.float32)
        # What one mistake makes wrong the other does not put right, nor does it mend a shape.
        # (One number may come out right by accident: two errors of opposite sign.)
        spoils = ((off > 1e3 * RECOGNIZED_LOOSELY) & right).sum(axis=1) > 1
        spoils |= (np.isnan(alone) & ~np.isnan(mine)).any(axis=1)
        possible: np.ndarray = (clash + clash.T == 0) & ~spoils[:, None] & ~spoils
        moves = [self._moves(mistake) for mistake in self.single]
        possible[moves] = possible[:, moves] = True  # place by place nothing can be said of these
        if self._has_another_shape(yours):  # two mistakes that keep the shapes give no other one
            other_shape = np.isnan(alone[:, np.isnan(mine)]).any(axis=1)
            possible &= other_shape[:, None] | other_shape
        return possible

    def _has_another_shape(self, trace: Trace) -> bool:
        return any(
            name not in mine or mine[name].shape != array.shape
            for case, right in self.expected.items()
            for mine in [trace[case].arrays or {}]
            for name, array in (right.arrays or {}).items()
        )

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
        if last is not None and self._by_position(case):
            return self._turned(candidate[:-1], last, case)
        symbol = self.symbol(candidate)
        if symbol is None:
            return Outcome(error="none")
        return trace_of(self.task, symbol, {case: self.cases[case]})[case]

    def _by_position(self, case: str) -> bool:
        """Whether a case's arguments are the task's, in its order, and nothing comes between."""
        return list(self.cases[case]) == list(self.task.arguments) and self.task.called_plainly

    def _turned(self, others: tuple[Mistake, ...], last: Family, case: str) -> Outcome:
        """Call a candidate on the arguments that a family makes of a case: made once for all."""
        symbol = self.symbol(others)
        if symbol is None:
            return Outcome(error="none")
        key = (last.mistake.id, case)
        if key not in self._arguments:
            assert last.before is not None
            try:
                with np.errstate(all="ignore"):
                    changed = {name: copied(value) for name, value in self.cases[case].items()}
                    self._arguments[key] = last.before(changed)
            except Exception as error:
                self._arguments[key] = Outcome(error=type(error).__name__)
        arguments = self._arguments[key]
        if isinstance(arguments, Outcome):
            return arguments
        outcome = trace_of(self.task, symbol, {case: arguments})[case]
        return outcome if last.after is None else self._changed(outcome, last.after, case)

    def _changed(
        self, outcome: Outcome, after: Callable[[dict[str, Any], Arrays], Arrays], case: str
    ) -> Outcome:
        """Apply a family that only changes what comes back: nothing need be called again."""
        if outcome.arrays is None:
            return outcome
        try:
            with np.errstate(all="ignore"):
                arrays = after(self.cases[case], list(outcome.arrays.values()))
        except (ValueError, IndexError, KeyError) as error:  # other shapes than the task's
            return Outcome(error=type(error).__name__)
        return Outcome(arrays=dict(zip(outcome.arrays, arrays, strict=True)), dtypes=outcome.dtypes)

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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of two edits together; no learner is to read it
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
        return one.arrays is other.arrays and (one.refuses_like(other) or other.refuses_like(one))
    if one.arrays.keys() != other.arrays.keys() or one.dtypes != other.dtypes:
        return False
    if abs(one.total - other.total) > 2 * relative * other.slack:
        return False
    return all(equal(one.arrays[k], other.arrays[k], relative) for k in one.arrays)


def _count(value: Any) -> int:
    """Return how many numbers an argument holds: an array, or lists and dicts of these."""
    if isinstance(value, dict):
        return sum(map(_count, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_count, value))
    return int(np.size(value))
