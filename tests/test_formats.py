"""What a task's folder can say: dtypes, refusals, measures, names of cases, several regions."""

import shutil
import textwrap

import numpy as np
import pytest

from autograder import registry
from autograder.errors import BadTask
from autograder.feedback import as_text, render
from autograder.judge import equal
from autograder.registry import load_task

TEXTS = """
title.en = "A"
title.zh = "甲"
objective.en = "B"
objective.zh = "乙"
hints = [{ en = "C", zh = "丙" }]
"""

REFERENCE = """
import numpy as np


def halves(x):
    '''Return x / 2 in float32; refuse what is negative.'''
    # begin solution
    if x.min() < 0:
        raise ValueError("negative")
    return (x / 2).astype(np.float32)
    # end solution
"""

PROBE = """
import numpy as np


def cases(rng):
    return {"distinct": {"x": rng.uniform(1, 2, 5)}, "refused": {"x": -np.ones(3)}}
"""

TASK = """
chapter = "05_lstm"
order = 99
points = 1
symbol = "halves"
returns = [{ name = "y", axes = ["N"], dtype = "float32" }]
arguments = { x = ["N"] }
[cases]
refused.en = "a negative number"
refused.zh = "负数"
[[misconceptions]]
id = "never-refuses"
kind = "mistake"
find = "x.min() < 0"
replace = "False"
"""
WORDS = "".join(f'{k}.en = "E"\n{k}.zh = "中"\n' for k in ("name", "saw", "why", "look"))


@pytest.fixture
def make(tmp_path, monkeypatch):
    """Write a task's files, and make its folder the only one that there is."""

    def make(symbol, task, reference, probe, measure=None):
        folder = tmp_path / symbol
        folder.mkdir()
        (folder / "task.toml").write_text(TEXTS + task, "utf-8")
        (folder / "reference.py").write_text(reference, "utf-8")
        (folder / "probe.py").write_text(probe, "utf-8")
        if measure:
            (folder / "measure.py").write_text(measure, "utf-8")
        return load_task(symbol)

    shutil.copy(registry.EXERCISES / "chapters.toml", tmp_path)
    monkeypatch.setattr(registry, "EXERCISES", tmp_path)
    registry.load_task.cache_clear()
    registry.task_ids.cache_clear()
    yield make
    registry.load_task.cache_clear()
    registry.task_ids.cache_clear()


def said(result, language="en"):
    return as_text(result, render(result, language))


def test_dtype_and_refusal(make, grade):
    task = make("halves", TASK + WORDS, REFERENCE, PROBE)
    assert grade(task.solution, task).status == "passed"

    wide = grade(task.solution.replace(".astype(np.float32)", ""), task)
    assert wide.status == "failed"
    assert "its dtype is float64; float32 is asked for" in said(wide)

    silent = grade(task.solution.replace("x.min() < 0", "False"), task)
    assert silent.status == "failed"
    assert "must be refused with a ValueError" in said(silent)
    assert "a negative number" in said(silent)
    assert [m.id for m in silent.diagnosis.mistakes] == ["never-refuses"]

    other = grade(task.solution.replace("ValueError", "KeyError"), task)
    assert other.status == "error"
    assert "must be refused with a ValueError; your function raised a KeyError" in said(other)

    subclass = "class Negative(ValueError): pass\n" + task.solution.replace(
        "raise ValueError", "raise Negative"
    )
    assert grade(subclass, task).status == "passed"

    always = grade("def halves(x):\n    raise ValueError('no')", task)
    assert always.status == "error"


MEASURED = {
    "task": """
chapter = "05_lstm"
order = 99
points = 1
symbol = "spread"
returns = [
  { name = "total", axes = [] },
  { name = "differs", text.en = "two seeds differ", text.zh = "两个种子不同" },
]
""",
    "reference": """
def spread(parts, rng):
    '''Return arrays of random numbers that add up to those of parts.'''
    # begin solution
    noise = rng.normal()
    return {"parts": [part + noise for part in parts], "noise": noise}
    # end solution
""",
    "probe": """
import numpy as np


def cases(rng):
    parts = [rng.normal(size=n) for n in (2, 3)]
    return {
        name: {"parts": parts, "rng": np.random.default_rng(seed)}
        for name, seed in (("one", 1), ("two", 2))
    }


def call(symbol, case):
    again = np.random.default_rng(7)
    return {"first": symbol(case["parts"], case["rng"]), "second": symbol(case["parts"], again)}
""",
    "measure": """
import numpy as np


def measure(case, value):
    first, second = value["first"], value["second"]
    total = sum(np.sum(part - first["noise"]) for part in first["parts"])
    return {"total": total, "differs": float(first["noise"] != second["noise"])}
""",
}


def test_measure(make, grade):
    task = make("spread", **MEASURED)
    assert grade(task.solution, task).status == "passed"
    other = task.solution.replace("rng.normal()", "rng.uniform(1, 2)")
    assert grade(other, task).status == "passed"

    constant = grade(task.solution.replace("rng.normal()", "0.5"), task)
    assert constant.status == "failed"
    assert "does not: “two seeds differ”" in said(constant)
    assert "两个种子不同" in said(constant, "zh")

    shapeless = grade("def spread(parts, rng):\n    return 3.0", task)
    assert shapeless.status == "failed"
    assert "another form" in said(shapeless)

    late = task.solution.replace("return {", "out = {") + "    parts[1][0] = 9\n    return out\n"
    changes = grade(late, task)
    assert changes.status == "failed"
    assert "changes its input parts" in said(changes)


def test_several_regions(make, grade):
    reference = REFERENCE.replace(
        "    if x.min", "    # end solution\n    # begin solution\n    if x.min"
    )
    task = make("halves", TASK + WORDS, reference, PROBE)
    assert task.starter.count("raise NotImplementedError") == 2
    assert grade(task.starter, task).status == "not_attempted"
    assert grade(task.solution, task).status == "passed"


def test_a_framework_that_is_not_there_is_named(make, grade, monkeypatch, sandbox):
    monkeypatch.setattr(registry, "_framework", lambda file, name: "torch")
    task = make("halves", TASK + WORDS, REFERENCE, PROBE)
    assert task.framework == "torch"
    from autograder.sandbox import Run

    monkeypatch.setattr(type(sandbox), "run", lambda *_: Run("missing", 0.0))
    result = grade(task.solution, task)
    assert result.status == "error"
    assert "not checked, it needs PyTorch" in said(result)
    assert "python -m pip install torch" in said(result)


def test_an_unknown_framework_is_refused(make):
    with pytest.raises(BadTask, match="framework"):
        make("halves", 'framework = "jax"\n' + TASK + WORDS, REFERENCE, PROBE)


TORCH = textwrap.dedent("""
    import torch


    def layer(size):
        '''Return a linear layer.'''
        # begin solution
        return torch.nn.Linear(size, size)
        # end solution
""")


@pytest.mark.parametrize("framework", ["torch", pytest.param("keras", marks=pytest.mark.slow)])
def test_a_framework_runs_in_forked_children(make, grade, framework):
    pytest.importorskip("torch" if framework == "torch" else "tensorflow")
    toml = 'chapter = "05_lstm"\norder = 9\npoints = 1\nsymbol = "layer"\nseconds = 60\n'
    toml += f'framework = "{framework}"\nreturns = [{{ name = "shape", axes = [] }}]\n'
    reference = TORCH
    call = "return list(symbol(case['size']).weight.shape)"
    if framework == "keras":
        reference = TORCH.replace("import torch", "import keras")
        reference = reference.replace("torch.nn.Linear(size, size)", "keras.layers.Dense(size)")
        call = (
            "l = symbol(case['size']); import numpy as np; "
            "return list(np.asarray(l(np.ones((2, 3), 'float32'))).shape)"
        )
    probe = "def cases(rng):\n    return {'distinct': {'size': 3}}\n\n\n"
    probe += f"def call(symbol, case):\n    {call}\n"
    task = make("layer", toml, reference, probe)
    for _ in range(2):  # the second child comes from a parent that has imported it
        result = grade(task.solution, task)
        assert result.status == "passed", result


def test_lists_of_unequal_arrays_and_infinities_are_compared(make, grade):
    """The diagnosis sorts cases by size and compares candidates that may hold infinity."""
    reference = """
import numpy as np


def totals(parts):
    '''Return the sums of the arrays in parts.'''
    # begin solution
    return np.array([part.sum() for part in parts])
    # end solution
"""
    probe = """
def cases(rng):
    return {"distinct": {"parts": [rng.normal(size=2), rng.normal(size=3)]}}
"""
    toml = (
        'chapter = "05_lstm"\norder = 9\npoints = 1\nsymbol = "totals"\n'
        'returns = [{ name = "sums", axes = ["N"] }]\n'
        '[[misconceptions]]\nid = "infinite"\nkind = "mistake"\n'
        'find = "part.sum()"\nreplace = "np.inf * part.size"\n'
    )
    task = make("totals", toml + WORDS, reference, probe)
    result = grade("def totals(parts):\n    return [part.max() for part in parts]", task)
    assert result.status == "failed"
    assert result.diagnosis.mistakes == ()
    assert not equal(np.array([1.0, 2.0]), np.array([np.inf, 2.0]))
    assert equal(np.array([True, False]), np.array([True, False]))


def test_one_output_may_come_as_nested_lists_or_in_a_tuple_of_one(grade):
    right = load_task("rnn_cell").solution
    for given in ("h_next.tolist()", "(h_next,)", "[list(row) for row in h_next]"):
        wrapped = right.replace("def rnn_cell", "def inner") + (
            f"\n\ndef rnn_cell(*given):\n    h_next = inner(*given)\n    return {given}\n"
        )
        assert grade(wrapped, "rnn_cell").status == "passed", given
