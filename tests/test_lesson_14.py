"""What the committed lesson 14 shows, and where its table and that of the bugs lead. Runs nothing."""

import json
import re
from pathlib import Path

import pytest

from autograder.registry import load_tasks
from unrolled.languages import filter_notebook

CHAPTERS = Path(__file__).parents[1] / "chapters"


def read(name):
    return json.loads((CHAPTERS / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def printed():
    """Return what all code cells printed, as one text."""
    return "".join(
        "".join(output.get("text", ""))
        for cell in read("14_clinic.ipynb")["cells"]
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
    )


@pytest.mark.parametrize("finding", [
    "rnn    24,064 parameters, expected  6,016 <-",
    "shape of the difference: (5, 5) for N = 5",
    "10, 10, 10: (10, 10, 10)\n 5,  7,  3: ValueError",
    "A            another  another\nB            same     same",
    "hs[0, -1]      (4,)     right wrong wrong wrong wrong",
    "last_position  changes changes changes\nlast_valid     same same same",
    "detached - - - - - reached",
    "cross_entropy(softmax(logits))     2.303    1.461",
    "no fault                    learns\noptimizer of another model  does not learn",
    "a batch of two unpacks into (4,) and (4,)",
    "labels of 32 bits       RuntimeError",
    "largest gradient of the recurrent weights, T = 1: 0.0",
])  # fmt: skip
def test_every_examination_finds_its_fault(printed, finding):
    assert finding in printed


def test_the_broken_loss_favours_a_constant(printed):
    numbers = [float(n) for n in re.findall(r"(?m)^(?:variance|loss of).*: (\d\.\d{3})$", printed)]
    variance, constant, perfect = numbers
    assert constant == variance
    assert perfect == pytest.approx(2 * variance)


def links(name, language="en"):
    cells = filter_notebook(read(name), language)["cells"]
    text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return re.findall(r"\]\(([\w.]*)#([\w-]+)\)", text)


@pytest.mark.parametrize("name", ["14_clinic.ipynb", "common_bugs.ipynb"])
def test_every_link_leads_to_a_section(name):
    pytest.importorskip("sphinx")
    from unrolled.book.anchors import english_slugs

    found = links(name)
    assert len(found) > 15
    for page, slug in found:
        assert slug in english_slugs(read(page or name)), (page, slug)


def test_every_repair_is_named_in_both_pages():
    tasks = [task for task in load_tasks() if task.chapter == "14_clinic"]
    assert len(tasks) == 8
    assert all(task.broken for task in tasks)
    bugs = json.dumps(read("common_bugs.ipynb"))
    assert [task.id for task in tasks if f"`{task.id}`" not in bugs] == []
    led_to = [
        slug for page, slug in links("14_clinic.ipynb") if page == "14_clinic_exercises.ipynb"
    ]
    assert len(set(led_to)) == 8
