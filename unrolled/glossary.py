"""Writes chapters/glossary.ipynb from the table of terms: ``python -m unrolled.glossary``.

A test keeps the page current. The book's build links the first use of each term in a lesson to its
entry (unrolled/book/terms.py).
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from unrolled.content import terms
from unrolled.languages import LANGUAGES

PAGE = "chapters/glossary.ipynb"
INTRODUCTION = {
    "en": """# Glossary

The terms of this course and its neighbours; an arrow leads to the lesson that explains one. In a \
lesson, the first use of a term leads here; the button at the top of the page shows the same entry \
in Chinese, with both names.""",
    "zh": """# 术语表

本书和相关文献所用的术语，按拼音排列；箭头指向讲解它的那一课。在课文里，一个术语第一次出现的地方会链接到这里；\
括号里是英文名，“也称”后面是别处常见的叫法。""",
}
# The book's terms begin with chóng (重置门); alone, the character is read zhòng.
_READ = {"重置": "虫置"}


def anchor(term: dict[str, Any]) -> str:
    """Return the address of a term's entry on the page, the same in both languages."""
    return "term-" + re.sub(r"[^a-z0-9]+", "-", term["en"].lower()).strip("-")


def ordered(language: str) -> list[dict[str, Any]]:
    """Return the terms as a reader looks for them: by the alphabet, or by pinyin."""
    return sorted(terms(), key=lambda term: _sort_key(term, language))


def _sort_key(term: dict[str, Any], language: str) -> Any:
    if language == "en":
        return term["en"].lower()
    name = term["zh"]
    for written, read in _READ.items():
        name = name.replace(written, read)
    return name.encode("gb18030")  # whose common characters stand in the order of pinyin


def entry(term: dict[str, Any], language: str) -> str:
    """Return one entry of the definition list."""
    names = f"[**{term[language]}**]{{#{anchor(term)}}}"
    others = ", ".join(term.get("also_en", []))
    if language == "en":
        names += f" ({others})" if others else ""
    else:
        names += f"（{'，'.join([term['en'], *term.get('also_en', [])])}）"
        names += f"，也称{'、'.join(map(_spaced, term['also']))}" if term["also"] else ""
    text = term.get("gloss", {}).get(language, "")
    if lesson := term.get("lesson"):
        number = lesson.split("_")[0]
        text += f"{' ' if language == 'en' else ''}[→ {number}]({lesson}.ipynb)"
    return f"{names}\n: {text}" if text else names


def _spaced(name: str) -> str:
    """Put a space before a name that begins with Latin letters."""
    return f" {name}" if name[0].isascii() else name


def as_text() -> str:
    """Return the page's file."""
    entries = {
        language: "\n\n".join(entry(term, language) for term in ordered(language))
        for language in LANGUAGES
    }
    return bilingual_notebook({"title": INTRODUCTION, "terms": entries})


def bilingual_notebook(texts: dict[str, dict[str, str]]) -> str:
    """Return the file of a notebook of text: by name, what stands in each pair of cells."""
    cells = [
        {
            "cell_type": "markdown",
            "id": f"{name}-{language}",
            "metadata": {"tags": [f"lang-{language}"]},
            "source": text[language].splitlines(keepends=True),
        }
        for name, text in texts.items()
        for language in LANGUAGES
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the page."""
    path = Path(__file__).parents[1] / PAGE
    path.write_text(as_text(), encoding="utf-8")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
