"""Spaces at which no line may break: "99 %", "H = 64", "→ 07", "· 03", and before a formula "= 2".

What stands between a formula and its stop is the browser's affair: see static/formulas.js.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

NO_BREAK = "\u00a0"
# A name and its value. A number and its %; "→" belongs to what follows, "·" to what precedes.
_NAMED = re.compile(r"(?:(?<=\b[A-Za-z])|^) ([=≈]) (?=[\d−])")
_SPACES = re.compile(r"(?<=\d) (?=%)|(?<=→) | (?=·)")
_RELATION = re.compile(r"\\(?:approx|leq?|geq?|to)(?![A-Za-z])|[=<>]")
_KEPT = (
    *(nodes.title, nodes.literal, nodes.literal_block, nodes.raw, nodes.comment),
    *(nodes.math, nodes.math_block),
)


def hold_together(document: nodes.Node) -> None:
    """Put no-break spaces into a page's running text."""
    for text in list(document.findall(nodes.Text)):
        if isinstance(text.parent, _KEPT):
            continue
        held = _SPACES.sub(NO_BREAK, _NAMED.sub(rf"{NO_BREAK}\1{NO_BREAK}", text))
        following = text.next_node(descend=False, siblings=True)
        if isinstance(following, nodes.math) and _RELATION.match(following.astext()):
            held = re.sub(" $", NO_BREAK, held)
        if held != text:
            text.parent.replace(text, nodes.Text(held))


class NoBreakSpaces(SphinxPostTransform):
    """Applies `hold_together` to every page."""

    default_priority = 910  # after the glossary's links, which look for words

    def run(self, **kwargs: Any) -> None:
        """Change the page in place."""
        hold_together(self.document)
