"""The reader of submissions: what it takes, and that nothing makes it stumble."""

import json
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.errors import Unreadable
from autograder.extract import Cell, Submission, extract, read, without_magics
from autograder.messages import say


def kept(*sources, symbol="f"):
    submission = Submission("x", tuple(Cell(f"cell {k}", s) for k, s in enumerate(sources, 1)))
    found = extract(submission, symbol)
    return found and found.text


def test_only_what_is_needed_is_kept():
    text = kept(
        "import numpy as np, os\nimport slow\nK = 2\nK += 1\nprint(K)\nnp.random.seed(0)",
        "memo = {}\nmemo['a'] = K\nmemo.update(b=1)\nplot = slow.plot(memo)",
        "def g(a): return memo['a'] * a",
        "def f(a): return np.tanh(g(a))\nf(3)",
    )
    assert text.split("\n")[:4] == ["import numpy as np, os", "K = 2", "K += 1", "memo = {}"]
    assert "slow" not in text
    assert "print" not in text
    assert "seed" not in text
    assert "memo.update(b=1)" in text


def test_the_last_definition_counts_and_helpers_are_looked_up_late():
    text = kept(
        "def f(): return 1", "def f(): return g()", "def g(): return 1", "def g(): return 2"
    )
    assert text == "def f():\n    return g()\ndef g():\n    return 2"


def test_a_name_used_at_once_is_the_one_before():
    assert kept("a = 1", "b = a + 1", "a = 5", "def f(): return b") == (
        "a = 1\nb = a + 1\ndef f():\n    return b"
    )


def test_names_local_to_a_function_are_not_looked_up_outside():
    text = kept(
        "h = 3\nfor t in range(10): h = slow(h)",
        "def f(x, h):\n    t = [c for c in x]\n    return h, t, (lambda i: i)(x)",
        "c = slow(1)\ni = slow(2)",
    )
    assert text == "def f(x, h):\n    t = [c for c in x]\n    return (h, t, (lambda i: i)(x))"
    assert "global_" in kept("global_ = 1", "def f():\n    return [global_ for _ in (1,)]")


def test_conditional_definitions_and_star_imports_are_kept():
    text = kept(
        "from math import *",
        "try:\n    import x\nexcept ImportError:\n    x = None",
        "def f(): return x",
    )
    assert text.startswith("from math import *\ntry:")


def test_magics_keep_their_line_numbers():
    source = "%matplotlib inline\nfor k in range(3):\n    !ls\n    x = 1\nnp?"
    assert without_magics(source) == "pass\nfor k in range(3):\n    pass\n    x = 1\npass"
    assert without_magics("a = (1\n % 2)") == "a = (1\n % 2)"
    assert without_magics("%%bash\nls") == ""
    assert without_magics("%%time\nx = 1") == "pass\nx = 1"


# ---------------------------------------------------------------- fuzzing

SOURCES = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["def f(x):\n    return g(x)", "def g(x): return x", "f = g", "x = 1", "import numpy",
             "%%time", "!ls", "class f:\n  pass", "for f in []: pass", "f += 1", "\x00", "(", "f[0]=1",
             "from x import *", "@g\ndef f(): ...", "del f", "lambda: f", "async def f(): await g()"]
        ),
        max_size=6,
    ).map("\n".join),
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(string.printable, max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "metadata", "source", "cell_type", "nbformat", "autograder", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)
MANY = settings(
    max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def tried(path):
    """Read and extract; an Unreadable must have a sentence in both languages."""
    try:
        submission = read(path)
    except Unreadable as error:
        return [say(error.key, language, **error.params) for language in ("en", "zh")]
    extract(submission, "f")
    return [submission.digest]


@pytest.mark.slow
@MANY
@given(data=st.one_of(st.binary(max_size=200), JSON.map(lambda j: json.dumps(j).encode())))
def test_no_bytes_make_the_reader_stumble(tmp_path, data):
    for suffix in (".ipynb", ".py"):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(data)
        assert all(tried(path))


@pytest.mark.slow
@MANY
@given(
    cells=st.lists(st.one_of(SOURCES, JSON), max_size=4),
    nbformat=st.sampled_from([4, 4, 4, 3, 2, 1, 5, "4", None]),
)
def test_no_notebook_makes_the_reader_stumble(tmp_path, cells, nbformat):
    path = tmp_path / "a.ipynb"
    entries = [{"cell_type": "code", "source": s, "metadata": {}} for s in cells]
    path.write_text(json.dumps({"cells": entries, "nbformat": nbformat, "metadata": {}}))
    assert all(tried(path))


@pytest.mark.slow
@MANY
@given(SOURCES)
def test_what_is_kept_is_python(source):
    text = kept(source)
    if text is not None:
        compile(text, "kept", "exec", flags=0x2000)  # top-level await is as in a notebook
