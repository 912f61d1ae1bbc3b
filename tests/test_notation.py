"""The index of notation."""

import json
import re
from pathlib import Path

import pytest

from unrolled import notation
from unrolled.content import lint_notebook
from unrolled.languages import LANGUAGES, filter_notebook

ROOT = Path(__file__).parents[1]
SYMBOLS = [entry for group in notation.groups() for entry in group["symbols"]]


def formulas(lesson: str, language: str) -> str:
    """Return the formulas of a lesson and the code in its text."""
    notebook = json.loads((ROOT / f"chapters/{lesson}.ipynb").read_text("utf-8"))
    cells = filter_notebook(notebook, language)["cells"]
    text = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return " ".join(re.findall(r"\$\$.+?\$\$|\$[^$\n]+\$|`[^`\n]+`", text, re.DOTALL))


def test_the_page_is_current():
    """Else run `python -m unrolled.notation`."""
    assert (ROOT / notation.PAGE).read_text("utf-8") == notation.as_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", SYMBOLS, ids=lambda entry: entry["symbol"])
def test_a_lesson_has_the_symbols_that_it_is_said_to_bring(entry, language):
    symbol = entry.get("find", entry["symbol"])
    edge = r"(?![A-Za-z])" if symbol[-1].isalpha() else ""
    start = r"(?<![A-Za-z\\])" if symbol[0].isalpha() else ""
    assert re.search(start + re.escape(symbol) + edge, formulas(entry["lesson"], language))


def test_no_symbol_twice():
    symbols = [entry["symbol"] for entry in SYMBOLS]
    assert len(symbols) == len(set(symbols))


def test_the_page_keeps_the_contract():
    assert lint_notebook(json.loads(notation.as_text()), "notation") == []
