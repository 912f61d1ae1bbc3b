"""Every task: its starter fails politely, its solution passes, its misconceptions are caught."""

import functools
import inspect

import numpy as np
import pytest

from autograder.diagnose import Engine, diagnose
from autograder.grader import FEEDBACK_SEED
from autograder.judge import TINY, TOLERANCE, equal, trace_of
from autograder.registry import BEGIN, END, load, load_tasks

TASKS = load_tasks()


def parameters(*values, name):
    """One row of a table of tests; those that import a framework are slow."""
    slow = [pytest.mark.slow] if values[0].framework else []
    return pytest.param(*values, id=name, marks=slow)


each_task = pytest.mark.parametrize("task", [parameters(t, name=t.id) for t in TASKS])
each_misconception = pytest.mark.parametrize(
    ("task", "misconception"),
    [parameters(t, m, name=f"{t.id}-{m.id}") for t in TASKS for m in t.misconceptions],
)


@functools.cache
def engine_of(task):
    cases = task.cases(np.random.default_rng(FEEDBACK_SEED))
    return Engine(task, cases, trace_of(task, task.run_reference, cases))


def edited(task, misconception):
    source = misconception.apply(task.reference)
    assert source is not None, f"{misconception.id} does not apply exactly once"
    return source


def touched(source):
    """Add a statement that does nothing: a repair task's own starter is not an answer yet."""
    return source.replace(BEGIN, "...", 1)


@each_task
def test_starter_is_not_attempted(task, grade):
    assert grade(task.starter, task).status == "not_attempted"


@each_task
def test_starter_keeps_signature_and_docstring(task):
    assert task.reference.count(BEGIN) == task.reference.count(END) >= 1
    given = load(compile(task.starter, "starter", "exec"), task.symbol)
    right = task.run_reference
    assert given.__doc__ == right.__doc__
    assert given.__doc__
    assert inspect.signature(given) == inspect.signature(right)
    if task.broken is None:
        with pytest.raises(NotImplementedError):
            task.call(given, next(iter(task.cases(np.random.default_rng(0)).values())))


@pytest.mark.parametrize("task", [t for t in TASKS if t.broken], ids=lambda task: task.id)
def test_a_broken_starter_fails_as_an_answer(task, grade):
    """A repair task gives code that runs; judged, it is wrong, and its own fault is named."""
    comment = task.starter.replace('"""\n    ', '"""\n    # still the same\n    ', 1)
    assert grade(comment, task).status == "not_attempted"
    edit = next(m for m in task.misconceptions if m.id == task.broken)
    result = grade(touched(edited(task, edit)), task)
    assert result.status in ("failed", "error")
    assert [mistake.id for mistake in result.diagnosis.mistakes] == [task.broken]


@each_task
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_solution_passes(task, grade, seed):
    result = grade(task.solution, task, seed)
    assert result.status == "passed", result
    assert result.score == task.points


@each_misconception
def test_misconception_is_rejected_by_far_and_named(task, misconception):
    """The edit differs from the reference by 100 tolerances, and from every other candidate."""
    engine = engine_of(task)
    symbol = load(compile(edited(task, misconception), "edit", "exec"), task.symbol)
    trace = trace_of(task, symbol, engine.cases)
    relative = task.tolerance or TOLERANCE
    assert any(far_off(trace[case], right, relative) for case, right in engine.expected.items())
    found = diagnose(engine, trace, [task.returns[0].name]).mistakes
    assert [mistake.id for mistake in found] == [misconception.id]
    twins = [m.id for m in engine.edits if engine.matches((m,), trace, 1e-6)]
    assert twins == [misconception.id]


def far_off(mine, right, relative):
    """Whether one call's outcome is wrong beyond any doubt."""
    if mine.arrays is None or right.arrays is None:
        return not mine.refuses_like(right)
    if mine.arrays.keys() != right.arrays.keys() or mine.dtypes != right.dtypes:
        return True
    pairs = [(mine.arrays[name], array) for name, array in right.arrays.items()]
    return any(
        a.shape != b.shape
        or not np.isfinite(a).all()
        or np.max(np.abs(a - b), initial=0) > 100 * (relative * np.max(np.abs(b), initial=0) + TINY)
        for a, b in pairs
    )


@pytest.mark.slow
@each_misconception
def test_misconception_is_named_through_the_sandbox(task, misconception, grade):
    result = grade(touched(edited(task, misconception)), task, seed=7)
    assert result.status in ("failed", "error")
    assert result.diagnosis is not None
    assert [mistake.id for mistake in result.diagnosis.mistakes] == [misconception.id]


@each_task
def test_pairs_of_misconceptions_are_named(task):
    """Where two edits go together and neither hides the other, both are named."""
    engine = engine_of(task)
    pairs = [p for p in engine.candidates() if len(p) == 2 and all(m.misconception for m in p)]
    pairs = pairs[:: max(1, len(pairs) // 25)]  # a sample: the whole takes a minute
    named = wrong = 0
    for pair in pairs:
        if engine.symbol(pair) is None:
            continue
        trace = engine.trace(pair)
        if any(trace[case].error != right.error for case, right in engine.expected.items()):
            continue
        found = diagnose(engine, trace, [task.returns[0].name]).mistakes
        assert found, pair  # at the least a simpler mistake that does exactly the same
        if {m.id for m in found} == {m.id for m in pair}:
            named += 1
        elif len(found) == 2:
            wrong += 1
    assert named >= 0.8 * (named + wrong)


@each_task
def test_families_are_named(task):
    """A generated mistake is found, or something that cannot be told from it on these probes."""
    engine = engine_of(task)
    for family in engine.families.values():
        trace = engine.trace((family.mistake,))
        if all(outcome.arrays is None for outcome in trace.values()):
            continue  # it only ever raises: the symptoms speak
        if engine.matches((family.mistake,), engine.expected, 1e-6):
            continue
        same = all(
            equal(trace[case].arrays[k], v, task.tolerance or TOLERANCE)
            for case, right in engine.expected.items()
            if trace[case].arrays is not None
            for k, v in (right.arrays or {}).items()
        )
        if not same:
            assert diagnose(engine, trace, [task.returns[0].name]).mistakes


@each_task
def test_texts_are_there(task):
    assert len(task.hints) >= 3
    for language in ("en", "zh"):
        assert task.statement(language).startswith(f"## {task.title[language]}")


@pytest.mark.parametrize(("task_id", "least"), [("lstm_cell", 12), ("lstm_backward", 8)])
def test_enough_misconceptions_are_written_by_hand(task_id, least):
    (task,) = (task for task in TASKS if task.id == task_id)
    assert len(task.misconceptions) >= least
