"""Links the first use of each term on a lesson's page to its entry in the glossary."""

import re
from functools import cache
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from unrolled.book.questions import question
from unrolled.book.words import book_language
from unrolled.content import terms
from unrolled.glossary import anchor

GLOSSARY = "chapters/glossary"
LESSON = re.compile(r"chapters/\d\d_(?!.*_exercises$)")
# What is no running text, or is something else already.
_KEPT = (
    *(nodes.title, nodes.reference, nodes.target, nodes.literal, nodes.literal_block, nodes.raw),
    *(nodes.math, nodes.math_block, nodes.image, nodes.caption, nodes.comment, question),
)


@cache
def names(language: str) -> dict[str, dict[str, Any]]:
    """Return what a lesson may call each term, in lower case, with the term."""
    found: dict[str, dict[str, Any]] = {}
    for term in terms():
        if not term.get("link", True):
            continue
        called = [term["en"]] if language == "en" else [term["zh"], *term["also"]]
        for name in [*called, *term.get("also_en", [])]:
            if len(name) > 1:  # one Chinese character is part of too many words
                found.setdefault(name.lower(), term)
    return found


@cache
def pattern(language: str) -> re.Pattern[str]:
    """Return what finds any of the names, the longest first."""
    longest = sorted(names(language), key=len, reverse=True)
    any_name = "|".join(map(re.escape, longest))
    # Abbreviations and English words stand alone, or in the plural.
    return re.compile(rf"(?<![A-Za-z-])(?P<name>{any_name})(?:e?s)?(?![A-Za-z-])", re.IGNORECASE)


def link_terms(document: nodes.Node, language: str, uri: str) -> int:
    """Link the first use of each term in a page to `uri#term`; return how many there are."""
    seen: set[str] = set()
    for text in list(document.findall(nodes.Text)):
        if any(isinstance(above, _KEPT) for above in _ancestors(text)):
            continue
        pieces: list[nodes.Node] = []
        end = 0
        for match in pattern(language).finditer(text):
            target = anchor(names(language)[match["name"].lower()])
            if target in seen:
                continue
            seen.add(target)
            link = nodes.reference("", match[0], refuri=f"{uri}#{target}", internal=True)
            link["classes"].append("term")
            pieces += [nodes.Text(text[end : match.start()]), link]
            end = match.end()
        if pieces:
            text.parent.replace(text, [*pieces, nodes.Text(text[end:])])
    return len(seen)


def _ancestors(node: nodes.Node) -> list[nodes.Node]:
    above = []
    while node.parent is not None:
        node = node.parent
        above.append(node)
    return above


class GlossaryLinks(SphinxPostTransform):
    """Applies `link_terms` to every lesson, once all other links are settled."""

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        """Change the page in place."""
        page = self.env.docname
        if LESSON.match(page) and GLOSSARY in self.env.found_docs:
            uri = self.app.builder.get_relative_uri(page, GLOSSARY)
            link_terms(self.document, book_language(self.config), uri)
