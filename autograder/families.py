"""Mistakes that are generated from the shapes of a task's arguments and outputs.

A family changes a call's arguments before the reference sees them, or what it returns, so it works
for every task whose shapes allow it, without a word in the task: gate blocks in another order, a
bias left out, a state ignored, outputs in the wrong order, a constant factor, time reversed …
"""

import functools
import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judge import Finding, sizes
from autograder.registry import Misconception, Task


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
        vectors = len(arguments[one]) == 1 and one[0] == other[0] == "b"  # two biases
        if arguments[one] == arguments[other] and (vectors or len(arguments[one]) > 1):
            yield _arguments_swapped(one, other)
            if vectors or arguments[one] == ("N", "H"):
                yield _argument_taken(one, other)
                yield _argument_taken(other, one)
    for order in _return_orders(len(returns)):
        yield _returns_swapped(task, order)
    yield from _time(task)
    yield from _factors(task)
    yield from _clipped(task)
    yield from _rounded(task)


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
    for count, gates in GATES.items():
        names = [name for name, axes in task.arguments.items() if axes[:1] == (f"{count}H",)]
        yield from _blocks_of(names, gates)
        for name in names:
            if task.arguments[name] == (f"{count}H", "H"):
                transposed = functools.partial(_blocks_transposed, which=tuple(gates), gates=gates)
                yield _on_arguments("blocks-transposed", [name], transposed)
                for gate in gates:
                    transposed = functools.partial(_blocks_transposed, which=(gate,), gates=gates)
                    yield _on_arguments("block-transposed", [name], transposed, gate, gate=gate)
    if task.arguments.get("b") == ("4H",):

        def one_more(b: np.ndarray) -> np.ndarray:
            return b + np.repeat(np.eye(4)[GATES[4].index("f")], len(b) // 4)

        yield _on_arguments("forget-bias-extra", ["b"], one_more, "", "convention", rare=False)


def _blocks_of(names: list[str], gates: str) -> Iterator[Family]:
    def blocks(take: dict[int, int | None]) -> Callable[[np.ndarray], np.ndarray]:
        """Put block `take[k]` (None: zeros) in the place of block k."""

        def change(array: np.ndarray) -> np.ndarray:
            parts = np.split(array, len(gates))
            new = [take.get(k, k) for k in range(len(gates))]
            return np.concatenate([0 * parts[0] if k is None else parts[k] for k in new])

        return change

    weights = [name for name in names if name[0] == "W"]
    sides = [[w, "b" + w[1:]] for w in weights if "b" + w[1:] in names]  # W_x and b_x, W_h and b_h
    groups = [[name] for name in names]
    groups += [group for group in (weights, names, *sides) if len(group) > 1]
    for group in groups:
        for k, other in itertools.permutations(range(len(gates)), 2):
            gate, taken = gates[k], gates[other]
            yield _on_arguments(
                "block-taken", group, blocks({k: other}), f"{gate}-{taken}", gate=gate, taken=taken
            )
        for k, other in itertools.combinations(range(len(gates)), 2):
            if len(group) < len(names):  # in all of them it is another order of the gates
                swap: dict[int, int | None] = {k: other, other: k}
                one, two = gates[k], gates[other]
                yield _on_arguments(
                    "blocks-exchanged", group, blocks(swap), f"{one}-{two}", gate=one, taken=two
                )
    for group in [*([name] for name in names), *sides]:
        for k, gate in enumerate(gates):
            alone: dict[int, int | None] = {j: None for j in range(len(gates)) if j != k}
            yield _on_arguments("block-missing", group, blocks({k: None}), gate, gate=gate)
            yield _on_arguments("block-only", group, blocks(alone), gate, gate=gate)
        everywhere: dict[int, int | None] = dict.fromkeys(range(len(gates)), 0)
        yield _on_arguments("block-first", group, blocks(everywhere))


def _blocks_transposed(weight: np.ndarray, which: tuple[str, ...], gates: str) -> np.ndarray:
    """Return the weight with the square blocks of some gates transposed, one by one."""
    parts = zip(gates, np.split(weight, len(gates)), strict=True)
    return np.concatenate([block.T if gate in which else block for gate, block in parts])


def _arguments_swapped(one: str, other: str) -> Family:
    swap = {one: other, other: one}
    return Family(
        _mistake("arguments-swapped", f"{one}-{other}", one=one, other=other),
        before=lambda case: {name: case[swap.get(name, name)] for name in case},
    )


def _argument_taken(name: str, taken: str) -> Family:
    return Family(
        _mistake("argument-taken", f"{name}-{taken}", argument=name, taken=taken),
        before=lambda case: case | {name: case[taken]},
        rare=True,
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


LIMITS = (1, 5, 10)  # at which gradients are usually clipped


def _clipped(task: Task) -> Iterator[Family]:
    """Gradients are clipped, number by number or by the norm of all of them."""
    names = [output.name for output in task.returns]
    if not all(name.startswith("d") for name in names):
        return
    parameters = [name for name in names if name.startswith(("dW", "db"))]
    for limit in LIMITS:
        for target in [names] if parameters == names else [names, parameters]:
            suffix = f"{limit}-all" if target is names else f"{limit}-{'-'.join(target)}"
            params: dict[str, Any] = {"outputs": ", ".join(target), "limit": limit}

            def by_value(
                case: dict[str, Any], out: Arrays, limit: int = limit, target: list[str] = target
            ) -> Arrays:
                return [
                    np.clip(array, -limit, limit) if name in target else array
                    for name, array in zip(names, out, strict=True)
                ]

            def by_norm(
                case: dict[str, Any], out: Arrays, limit: int = limit, target: list[str] = target
            ) -> Arrays:
                squares = [(a**2).sum() for n, a in zip(names, out, strict=True) if n in target]
                by = min(1.0, limit / max(math.sqrt(sum(squares)), 1e-12))
                return [
                    by * array if name in target else array
                    for name, array in zip(names, out, strict=True)
                ]

            clipped = _mistake("gradients-clipped", suffix, **params)
            yield Family(clipped, after=by_value, rare=True)
            scaled = _mistake("gradients-clipped-by-norm", suffix, **params)
            yield Family(scaled, after=by_norm, rare=True)


def _rounded(task: Task) -> Iterator[Family]:
    """The numbers are right, but for the digits that were cut off."""
    names = [output.name for output in task.returns]
    gradients = all(name.startswith("d") for name in names)  # they are large in the probes
    for digits in (1, 2) if gradients else (1, 2, 3, 4):
        yield Family(
            _mistake("outputs-rounded", str(digits), digits=digits),
            after=lambda case, out, digits=digits: [np.round(a, digits) for a in out],  # type: ignore[misc]
            rare=True,
        )
    for target in [[name] for name in names] + ([names] if len(names) > 1 else []):

        def cut(case: dict[str, Any], out: Arrays, target: list[str] = target) -> Arrays:
            return [
                np.trunc(array) if name in target else array
                for name, array in zip(names, out, strict=True)
            ]

        whole = _mistake("outputs-integer", "-".join(target), outputs=", ".join(target))
        yield Family(whole, after=cut, rare=True)
