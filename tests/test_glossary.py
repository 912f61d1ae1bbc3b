"""The glossary's page, and the links that lead to it from the lessons."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from docutils import nodes

from unrolled import glossary
from unrolled.content import lint_notebook, terms
from unrolled.languages import cell_language

ROOT = Path(__file__).parents[1]
CHAPTERS = ROOT / "chapters"
LESSONS = [p.stem for p in CHAPTERS.glob("[0-9]*.ipynb") if not p.stem.endswith("_exercises")]


def test_the_page_is_current():
    """Else run `python -m unrolled.glossary`."""
    assert (ROOT / glossary.PAGE).read_text("utf-8") == glossary.as_text()


def test_every_term_is_explained_in_both_languages():
    for term in terms():
        assert term["gloss"].keys() == {"en", "zh"}, term["en"]
        assert term["gloss"]["en"].endswith("."), term["en"]
        assert term["gloss"]["zh"].endswith("。"), term["en"]


@cache
def text(lesson: str, language: str) -> str:
    cells = json.loads((CHAPTERS / f"{lesson}.ipynb").read_text("utf-8"))["cells"]
    own = ["".join(cell["source"]) for cell in cells if cell_language(cell) == language]
    return re.sub(r"\s+", " ", "\n".join(own)).lower()


def test_an_entry_s_arrow_leads_to_a_lesson_that_uses_the_term():
    for term in terms():
        names = {"en": [term["en"], *term.get("also_en", [])], "zh": [term["zh"], *term["also"]]}
        if "lesson" in term:
            assert any(
                name.lower() in text(term["lesson"], language)
                for language in names for name in names[language]
            ), term["en"]  # fmt: skip
        else:
            assert not any(term["zh"] in text(lesson, "zh") for lesson in LESSONS), term["zh"]


def test_every_entry_has_an_address_of_its_own():
    anchors = [glossary.anchor(term) for term in terms()]
    assert len(set(anchors)) == len(anchors)
    cells = ["".join(cell["source"]) for cell in json.loads(glossary.as_text())["cells"]]
    assert sorted(re.findall(r"\{#([\w-]+)\}", cells[2])) == sorted(anchors)
    assert sorted(re.findall(r"\{#([\w-]+)\}", cells[3])) == sorted(anchors)


def test_the_page_keeps_the_contract():
    assert lint_notebook(json.loads(glossary.as_text()), "glossary") == []


def test_the_order_is_the_reader_s():
    english = [term["en"].lower() for term in glossary.ordered("en")]
    assert english == sorted(english)
    chinese = [term["zh"] for term in glossary.ordered("zh")]
    # bian, chong, ci, fan, men, quan, ti, yi, zhun
    some = ["编码器", "重置门", "词元", "反向传播", "门", "权重", "梯度消失", "遗忘门", "准确率"]
    assert [term for term in chinese if term in some] == some


# ---------------------------------------------------------------- links


def paragraph(*children):
    return nodes.paragraph("", "", *children)


def linked(language, *blocks):
    pytest.importorskip("sphinx")
    from unrolled.book.terms import link_terms

    page = nodes.section("", *blocks)
    link_terms(page, language, "glossary.html")
    return [(a.astext(), a["refuri"].split("#")[1]) for a in page.findall(nodes.reference)]


def test_the_first_use_is_linked_and_no_other():
    found = linked(
        "en",
        paragraph(nodes.Text("A forget gate, and forget gates; each gate is computed.")),
        paragraph(nodes.Text("The forget gate of an LSTM.")),
    )
    assert found == [
        ("forget gate", "term-forget-gate"),
        ("gate", "term-gate"),
        ("LSTM", "term-long-short-term-memory"),
    ]


def test_the_text_stays_the_same():
    pytest.importorskip("sphinx")
    from unrolled.book.terms import link_terms

    text = "Losses fall; a mask, an RNN-like thing, then backpropagation through time."
    page = nodes.section("", paragraph(nodes.Text(text)))
    assert link_terms(page, "en", "x") == 3
    assert page.astext() == text


def test_chinese_takes_the_longest_name_and_no_part_of_a_word():
    found = linked(
        "zh", paragraph(nodes.Text("专门的批量规范化，然后通过时间反向传播，再看隐藏状态和 GRU。"))
    )
    assert found == [
        ("批量规范化", "term-batch-normalization"),
        ("通过时间反向传播", "term-backpropagation-through-time"),
        ("隐藏状态", "term-hidden-state"),
        ("GRU", "term-gated-recurrent-unit"),
    ]


def test_headings_code_formulas_and_links_are_left_alone():
    assert not linked(
        "en",
        nodes.title("", "The forget gate"),
        nodes.literal_block("", "dropout"),
        paragraph(nodes.literal("", "mask"), nodes.math("", "bias")),
        paragraph(nodes.strong("", "", nodes.Text("recall that"))),
        nodes.paragraph("", "", nodes.target("", "epoch")),
    )


def test_only_lessons_have_them():
    pytest.importorskip("sphinx")
    from unrolled.book.terms import LESSON

    pages = ["chapters/05_lstm", "chapters/05_lstm_exercises", "chapters/glossary", "index"]
    assert [bool(LESSON.match(page)) for page in pages] == [True, False, False, False]


def test_the_notebook_is_valid():
    import nbformat

    nbformat.validate(nbformat.reads(json.dumps(json.loads(glossary.as_text())), as_version=4))
