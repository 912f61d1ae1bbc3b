"""Makes the page of works cited, ``chapters/bibliography.ipynb``, from ``bibliography.toml``.

``python -m unrolled.bibliography`` writes it. Every work is listed with the lessons that cite it,
so the page is made again when a lesson cites one more.
"""

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from unrolled.languages import cell_language

WORKS = Path(__file__).with_suffix(".toml")
PAGE = "chapters/bibliography.ipynb"
SCHOLARLY = re.compile(
    r"\((https://(?:doi\.org|arxiv\.org/abs|(?:www\.)?jmlr\.org/papers|proceedings\.mlr\.press"
    r"|aclanthology\.org|openreview\.net|www\.cs\.cmu\.edu/~guyb/papers)/(?:[^()\s]|\([^()\s]*\))+)\)"
)
TITLES = {
    "en": "# Bibliography\n\nThe works that the lessons cite, by year, and the lessons that do.",
    "zh": "# 参考文献\n\n各课引用的文献，按年份排列，并注明在哪几课引用。",
}


def works() -> dict[str, str]:
    """Return the description of every work by its address, in the order of the table: by year."""
    table = tomllib.loads(WORKS.read_text("utf-8"))
    return {address: entry["text"] for address, entry in table.items()}


def citations(root: Path) -> dict[str, list[str]]:
    """Return, for every address that a lesson cites, the lessons (file names) that do."""
    found: dict[str, list[str]] = {}
    for path in sorted(root.glob("chapters/[0-9][0-9]_*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        text = "\n".join("".join(cell["source"]) for cell in cells if cell_language(cell) == "en")
        for address in dict.fromkeys(SCHOLARLY.findall(text)):
            found.setdefault(address, []).append(path.name)
    return found


def notebook(root: Path) -> dict[str, Any]:
    """Return the page as a notebook in both languages."""
    cited = citations(root)
    lines = [
        f"- [{text}]({address}) · "
        + ", ".join(f"[{name[:2]}]({name})" for name in cited.get(address, []))
        for address, text in works().items()
    ]
    cells = [
        {
            "cell_type": "markdown",
            "id": f"works-{language}",
            "metadata": {"tags": [f"lang-{language}"]},
            "source": f"{title}\n\n" + "\n".join(lines),
        }
        for language, title in TITLES.items()
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def as_text(root: Path) -> str:
    """Return the page's file."""
    return json.dumps(notebook(root), ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the page; name what is cited and unknown, or known and not cited."""
    root = Path(__file__).parents[1]
    (root / PAGE).write_text(as_text(root), "utf-8")
    apart = sorted(set(works()) ^ set(citations(root)))
    for address in apart:
        print(f"{'never cited' if address in works() else 'not in bibliography.toml'}: {address}")
    return 1 if apart else 0


if __name__ == "__main__":
    sys.exit(main())
