"""One notebook, two languages: markdown cells tagged ``lang-en`` or ``lang-zh``.

Cells without such a tag (code, bare formulas) belong to every language. The book's build and the
downloads go through this one filter, so no reader ever meets the other language's text.
"""

from typing import Any

LANGUAGES = ("en", "zh")


def cell_language(cell: dict[str, Any]) -> str | None:
    """Return the language a notebook cell is tagged with, or None for a shared cell."""
    tags = cell.get("metadata", {}).get("tags", [])
    return next((lang for lang in LANGUAGES if f"lang-{lang}" in tags), None)


def filter_notebook(notebook: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a copy of a notebook (nbformat 4, as a dict) that holds one language only.

    The language tags go too: nothing in the result says that there was another language. Of a
    figure's alternative text (``"alt": {"en": …, "zh": …}`` in the metadata) one language stays.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {LANGUAGES}, not {language!r}")
    kept = [c for c in notebook["cells"] if cell_language(c) in (None, language)]
    return {**notebook, "cells": [_in_one_language(cell, language) for cell in kept]}


def _in_one_language(cell: dict[str, Any], language: str) -> dict[str, Any]:
    if "alt" in cell.get("metadata", {}):
        return {**cell, "metadata": {**cell["metadata"], "alt": cell["metadata"]["alt"][language]}}
    if cell_language(cell) is None:
        return cell
    metadata = dict(cell["metadata"])
    tags = [tag for tag in metadata.pop("tags") if not tag.startswith("lang-")]
    return {**cell, "metadata": metadata | ({"tags": tags} if tags else {})}
