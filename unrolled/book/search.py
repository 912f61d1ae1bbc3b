"""What the page of search results looks through: the text of every page, by section.

There is no index. `static/search.js` looks for the words of a query in the text itself, which
finds parts of words and whole phrases in either language, and shows the lines around them; all of
it is a script of half a megabyte that only that page loads, so that it works from a folder.
"""

import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from unrolled.book.questions import answer_key
from unrolled.book.words import book_language
from unrolled.content import terms

TEXT = "search-text.js"
_LEFT_OUT = (nodes.title, nodes.comment, nodes.raw, nodes.image, nodes.math_block, answer_key)
# A lesson explains a term that its exercises, its solution and the lists only use.
_WEIGHTS = {
    "_exercises": 0.3, "_solutions": 0.2, "glossary": 0.8, "notation": 0.6, "common_bugs": 0.6,
    "bibliography": 0.3, "index": 0.3,
}  # fmt: skip


def parts(document: nodes.Node) -> list[list[str]]:
    """Return the address, title and text of each section of a page, and of each term it lists."""
    found = [["", "", "", ""]]
    _read(document, found[0], found)
    return [  # prose first: it makes the better excerpt
        [anchor, title, re.sub(r"\s+", " ", f"{text} {code}").strip()]
        for anchor, title, text, code in found
    ]


def _read(node: nodes.Node, part: list[str], found: list[list[str]]) -> None:
    for child in node.children:
        if isinstance(child, _LEFT_OUT) or "cell_output" in _classes(child):
            continue
        if isinstance(child, nodes.term) and _heading(node):
            continue
        inside = part
        if title := _heading(child):
            inside = [_address(child), _plain(title), "", ""]
            found.append(inside)
        if isinstance(child, nodes.literal_block):
            part[3] += f"{child.astext()} "
        elif isinstance(child, nodes.Text | nodes.math):
            part[2] += _plain(child)
        else:
            _read(child, inside, found)
            if not isinstance(child, nodes.Inline):
                inside[2] += " "


def _classes(node: nodes.Node) -> list[str]:
    return node["classes"] if isinstance(node, nodes.Element) else []


def _heading(node: nodes.Node) -> nodes.Node | None:
    """Return the title of a section, or the term of an entry that has an address of its own."""
    if isinstance(node, nodes.section):
        return node.next_node(nodes.title)
    if isinstance(node, nodes.definition_list_item) and _address(node):
        return node.next_node(nodes.term)
    return None


def _address(node: nodes.Node) -> str:
    if isinstance(node, nodes.section):
        return str(node["ids"][0])
    term = node.next_node(nodes.term)
    named = [n for n in term.findall(nodes.Element) if n["ids"]] if term else []
    return str(named[0]["ids"][0]) if named else ""


def _plain(node: nodes.Node) -> str:
    """Return a node's text, its formulas without TeX's commands."""
    if isinstance(node, nodes.math):
        return re.sub(r"\\[A-Za-z]+ ?|[{}\\]", "", node.astext())
    if isinstance(node, nodes.Text):
        return str(node.astext())
    return "".join(map(_plain, node.children))


def collect(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Keep a page's text (event ``html-page-context``)."""
    if doctree is not None:
        page = pagename.rpartition("/")[2]
        weight = next((w for end, w in _WEIGHTS.items() if page.endswith(end)), 1)
        (_, _, opening), (_, title, text), *rest = [*parts(doctree), ["", "", ""]][:-1]
        page_parts = [["", "", f"{opening} {text}".strip()], *rest]
        brings = terms_of(page, book_language(app.config))
        app.env.temp_search[pagename] = [title, weight, brings, page_parts]  # type: ignore[attr-defined]


def terms_of(lesson: str, language: str) -> list[str]:
    """Return what the terms that a lesson explains are called: it is the answer to these."""
    found = [term for term in terms() if term.get("lesson") == lesson]
    called = [name for term in found for name in (term["en"], *term.get("also_en", []))]
    if language == "zh":
        called += [name for term in found for name in (term["zh"], *term["also"])]
    return [name.lower() for name in called]


def prepare(app: Sphinx) -> None:
    """Do without Sphinx's own search; the page of results is ours."""
    app.env.temp_search = {}  # type: ignore[attr-defined]
    app.builder.search = False  # type: ignore[attr-defined]


def add_page(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Make the page of results (event ``html-collect-pages``)."""
    return [("search", {}, "search.html")]


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the text of all pages, in the order of the book."""
    if not exception and app.builder.format == "html":
        pages = app.env.temp_search  # type: ignore[attr-defined]
        script = f"const searchPages = {json.dumps(pages, ensure_ascii=False)};\n"
        Path(app.outdir, "_static", TEXT).write_text(script, "utf-8")


def setup(app: Sphinx) -> None:
    """Register all of the above."""
    app.connect("builder-inited", prepare)
    app.connect("html-collect-pages", add_page)
    app.connect("html-page-context", collect)
    app.connect("build-finished", write)
