"""The lessons' questions: what a file may hold, what a page shows."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.test_book import build_english, html, soup  # noqa: F401
from unrolled import content, questions
from unrolled.book.questions import for_jupyter
from unrolled.languages import LANGUAGES, filter_notebook

ROOT = Path(__file__).parents[1]
LESSONS = sorted(
    path for path in ROOT.glob("chapters/[0-9]*.ipynb") if not path.stem.endswith("_exercises")
)

GOOD = """:::{question} forget-gate
With $f_t = 1$ and $i_t = 0$, what is $c_2$?

- [ ] $0$

  That is what $f_t = 0$ leaves.
- [x] $c_0$

  Kept twice.

  ```python
  c = 1 * c
  ```
- [ ] $2 c_0$

  Nothing is added.
:::"""


def asked(path: Path, language: str) -> list[questions.Question]:
    notebook = filter_notebook(json.loads(path.read_text("utf-8")), language)
    texts = [
        "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"
    ]
    return [question for text in texts for question in questions.find(text)]


def everywhere(language: str) -> list[questions.Question]:
    return [question for path in LESSONS for question in asked(path, language)]


# --- The text ------------------------------------------------------------------------------------


def test_a_question_is_read():
    (question,) = questions.find(f"Before.\n\n{GOOD}\n\nAfter.")
    assert (question.id, question.right) == ("forget-gate", 1)
    assert question.prompt == "With $f_t = 1$ and $i_t = 0$, what is $c_2$?"
    assert [answer.text for answer in question.answers] == ["$0$", "$c_0$", "$2 c_0$"]
    assert question.answers[1].explanation == "Kept twice.\n\n```python\nc = 1 * c\n```"


@pytest.mark.parametrize(
    ("found", "put", "wrong"),
    [
        ("[x]", "[ ]", "0 right answers, not 1"),
        ("[ ]", "[x]", "3 right answers, not 1"),
        ("  Nothing is added.\n", "", "the answer “$2 c_0$” has no explanation"),
        ("- [ ] $0$\n\n  That is what $f_t = 0$ leaves.\n", "", "2 answers, fewer than 3"),
        ("With $f_t = 1$ and $i_t = 0$, what is $c_2$?\n", "", "nothing is asked"),
        ("forget-gate", "Forget gate", "its name is not of lower-case words"),
    ],
)
def test_a_question_out_of_order_is_named(found, put, wrong):
    text = GOOD.replace(found, put)
    assert text != GOOD
    with pytest.raises(ValueError, match=f"question “.*”: {re.escape(wrong)}"):
        list(questions.find(text))
    assert any(wrong in finding for finding in content.lint_text(text, "en", "x"))


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("forget-gate", "forget-gates"),  # another name
        ("$f_t = 0$", "$f_t = 1$"),  # another formula
        ("- [ ] $0$", "- [x] $0$"),  # the right answer elsewhere: the other goes below
    ],
)
def test_a_pair_that_differs_is_found(found, put):
    other = GOOD.replace(found, put, 1)
    if put == "- [x] $0$":
        other = other.replace("- [x] $c_0$", "- [ ] $c_0$")
    assert content.lint_pair(GOOD, GOOD, "x") == []
    findings = content.lint_pair(GOOD, other, "x")
    assert [f for f in findings if f.startswith("x: questions differ")]


def test_the_order_of_formulas_is_free():
    text = GOOD.replace("With $f_t = 1$ and $i_t = 0$", "With $i_t = 0$ and $f_t = 1$")
    assert content.lint_pair(GOOD, text, "x") == []


def test_two_questions_of_one_name_are_found():
    cells = [
        {"cell_type": "markdown", "metadata": {"tags": [f"lang-{language}"]}, "source": text}
        for text in ("# A title", GOOD, GOOD)
        for language in LANGUAGES
    ]
    assert "x: two questions “forget-gate”" in content.lint_notebook({"cells": cells}, "x")


# --- Those of the course -------------------------------------------------------------------------


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_lesson_asks_where_it_has_taught(path):
    cells = filter_notebook(json.loads(path.read_text("utf-8")), "en")["cells"]
    places = [k for k, cell in enumerate(cells) if ":::{question}" in "".join(cell["source"])]
    assert 4 <= len(places) <= 6
    assert places[0] < len(cells) / 2 < places[-1]
    assert len(set(places)) == len(places)  # one a cell


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_answer_cannot_be_told_from_outside(language):
    """Neither its place nor its length gives it away, seen over the whole course."""
    found = everywhere(language)
    places = Counter(question.right for question in found)
    assert len(found) > 60
    assert max(places.values()) < 0.4 * len(found)
    assert min(places[k] for k in range(4)) > 0.15 * len(found)
    longest = [max(q.answers, key=lambda a: len(a.text)).right for q in found]
    shortest = [min(q.answers, key=lambda a: len(a.text)).right for q in found]
    assert sum(longest) < 0.4 * len(found)
    assert sum(shortest) < 0.4 * len(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_explanation_is_one_of_its_own(language):
    said = [answer.explanation for question in everywhere(language) for answer in question.answers]
    assert len(set(said)) == len(said)
    assert min(map(len, said)) > {"en": 40, "zh": 12}[language]


# --- Downloads -----------------------------------------------------------------------------------


def test_in_jupyter_the_answers_are_folded():
    cell = {"cell_type": "markdown", "metadata": {"tags": ["lang-en"]}, "source": GOOD}
    (shown, again) = for_jupyter({"cells": [cell, cell]}, "en")["cells"]
    before, fold = shown["source"].split("<details>\n")
    assert before.startswith("**Question 1**\n\nWith $f_t = 1$")
    assert again["source"].startswith("**Question 2**")
    assert "1. $0$\n2. $c_0$\n3. $2 c_0$" in before
    assert "✓" not in before
    assert "1. ✗ That is what $f_t = 0$ leaves.\n2. ✓ Kept twice.\n" in fold
    assert "   c = 1 * c" in fold


# --- The page ------------------------------------------------------------------------------------


def test_a_faulty_question_fails_the_build(tmp_path):
    for name in ("_config.yml", "index.ipynb"):
        (tmp_path / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    cells = [
        {"cell_type": "markdown", "id": f"c{k}", "metadata": {}, "source": text}
        for k, text in enumerate(["# A title", GOOD.replace("[x]", "[ ]")])
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "index.ipynb").write_text(json.dumps(notebook), "utf-8")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n", "utf-8")
    done = build_english(tmp_path)
    assert done.returncode == 1
    said = re.sub(r"\s+", " ", done.stdout + done.stderr)
    assert "index.ipynb" in said
    assert "question “forget-gate”: 0 right answers, not 1" in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_page_asks_what_its_lesson_asks(html, path, language):  # noqa: F811
    page = soup(html / language / "chapters" / f"{path.stem}.html")
    shown = page.select("article .question")
    source = asked(path, language)
    assert [q["data-question"] for q in shown] == [q.id for q in source]
    assert {q["data-page"] for q in shown} == {path.stem}
    for found, question in zip(shown, source, strict=True):
        assert len(found.select(":scope > ol > li")) == len(question.answers)
        said = found.select(".question-key > ol > li")
        right = [k for k, item in enumerate(said) if "is-right" in item["class"]]
        assert right == [question.right]
        assert len(said) == len(question.answers)
        assert not found.select("ol > li > p a.reference:not(.question-key *)")
    scripts = [Path(script["src"].split("?")[0]).name for script in page.select("script[src]")]
    assert scripts.count("questions.js") == scripts.count("core.js") == 1


def test_a_page_without_questions_loads_no_script_for_them(html):  # noqa: F811
    page: BeautifulSoup = soup(html / "en/chapters/glossary.html")
    assert not page.select("script[src*='questions.js']")
