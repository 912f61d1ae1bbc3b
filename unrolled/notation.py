"""Writes chapters/notation.ipynb from notation.toml: ``python -m unrolled.notation``.

A test keeps the page current, and looks for each symbol in the lesson that is said to bring it.
"""

import sys
import tomllib
from pathlib import Path
from typing import Any

from unrolled.glossary import bilingual_notebook
from unrolled.languages import LANGUAGES

PAGE = "chapters/notation.ipynb"
INTRODUCTION = {
    "en": """# Notation

The symbols of this course, with their shapes, their names in code, and the lesson that brings each.
The batch comes first, vectors are rows, and weights have PyTorch's shapes; `(G·H, D)` has $G$
blocks of $H$ rows, in the order i, f, g, o (LSTM) or r, z, n (GRU).""",
    "zh": """# 记号表

本书所用的记号、它们的形状、在代码里的名字，以及最先用到它的课文。批量在最前面，向量按行写，权重的形状\
与 PyTorch 相同；`(G·H, D)` 由 $G$ 块组成，每块 $H$ 行，次序是 i、f、g、o（LSTM）或 \
r、z、n（GRU）。""",
}
HEADS = {
    "en": {
        "symbol": "Symbol",
        "en": "Meaning",
        "shape": "Shape",
        "code": "Code",
        "lesson": "Lesson",
    },
    "zh": {"symbol": "记号", "zh": "含义", "shape": "形状", "code": "代码", "lesson": "课文"},
}


def groups() -> list[dict[str, Any]]:
    """Return the groups of symbols, in the order of the page."""
    table = Path(__file__).with_name("notation.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(table)["group"]
    return found


def section(group: dict[str, Any], language: str) -> str:
    """Return one group as a heading and a table, without columns that would be empty."""
    entries = group["symbols"]
    columns = [key for key in HEADS[language] if any(key in entry for entry in entries)]
    rows = [[HEADS[language][key] for key in columns], ["---"] * len(columns)]
    rows += [[_cell(entry, key) for key in columns] for entry in entries]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"## {group[language]}\n\n{table}"


def _cell(entry: dict[str, str], key: str) -> str:
    text = entry.get(key, "")
    if key == "symbol":
        return f"${text}$"
    if key == "lesson":
        return f"[{text[:2]}]({text}.ipynb)"
    return f"`{text}`" if text and key in ("code", "shape") else text


def as_text() -> str:
    """Return the page's file."""
    texts = {"title": INTRODUCTION}
    for group in groups():
        texts[group["id"]] = {language: section(group, language) for language in LANGUAGES}
    return bilingual_notebook(texts)


def main() -> int:
    """Write the page."""
    (Path(__file__).parents[1] / PAGE).write_text(as_text(), encoding="utf-8")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
