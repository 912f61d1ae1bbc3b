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
    "en": ("Symbol", "Code", "Shape", "Meaning", "Lesson"),
    "zh": ("记号", "代码", "形状", "含义", "课文"),
}


def groups() -> list[dict[str, Any]]:
    """Return the groups of symbols, in the order of the page."""
    table = Path(__file__).with_name("notation.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(table)["group"]
    return found


def section(group: dict[str, Any], language: str) -> str:
    """Return one group as a heading and a table."""
    lines = [f"## {group[language]}", "", _row(HEADS[language]), _row(["---"] * 5)]
    for entry in group["symbols"]:
        code, shape = (f"`{entry[key]}`" if key in entry else "" for key in ("code", "shape"))
        lesson = f"[{entry['lesson'][:2]}]({entry['lesson']}.ipynb)"
        lines.append(_row([f"${entry['symbol']}$", code, shape, entry[language], lesson]))
    return "\n".join(lines)


def _row(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


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
