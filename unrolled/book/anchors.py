"""The same address for a section in both languages.

A heading's id comes from its words, so ``#the-equations`` would exist in the English page only.
Here every section also gets the slug of its English heading, which the bilingual source knows: the
first id of the section, hence the one in tables of contents and links.
"""

import re
from itertools import pairwise
from typing import Any

from docutils import nodes
from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from unrolled.languages import filter_notebook

_logger = logging.getLogger(__name__)
_parser = MarkdownIt("commonmark").use(dollarmath_plugin).use(colon_fence_plugin)


def english_slugs(notebook: dict[str, Any]) -> list[str]:
    """Return the slug of each English heading of a bilingual notebook, in order, each different.

    Slugs are GitHub's (``## What's a gate?`` gives ``whats-a-gate``), as MyST makes them.
    """
    slugs: list[str] = []
    for cell in filter_notebook(notebook, "en")["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        tokens = _parser.parse("".join(cell["source"]))
        for opening, inline in pairwise(tokens):
            if opening.type == "heading_open" and opening.level == 0:
                words = [t.content for t in inline.children or [] if t.type != "math_inline"]
                slugs.append(_unique(_slug("".join(words)), slugs))
    return slugs


def _slug(title: str) -> str:
    slug = re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")
    # An id that starts with a digit is no CSS selector, which the theme's scripts make of it.
    return slug if slug[:1].isalpha() else f"section-{slug}".rstrip("-")


def _unique(slug: str, taken: list[str]) -> str:
    candidates = (f"{slug}-{n}" if n else slug for n in range(len(taken) + 1))
    return next(candidate for candidate in candidates if candidate not in taken)


class NeutralAnchors(SphinxTransform):
    """Puts the English slug first among a section's ids, where MyST's ``#slug`` links find it."""

    default_priority = 700  # after docutils has settled the ids, before Sphinx reads them (850)

    def apply(self, **kwargs: Any) -> None:
        """Change the document in place; a page that is no notebook keeps its ids."""
        slugs = self.env.temp_data.get("english_slugs")
        if slugs is None:
            return
        sections = list(self.document.findall(nodes.section))
        if len(sections) != len(slugs):
            _logger.warning(
                "%d sections, but %d in English: the two languages must have the same headings",
                len(sections), len(slugs), location=self.env.docname,
            )  # fmt: skip
            return
        targets = self.env.metadata[self.env.docname].setdefault("myst_slugs", {})
        for section, slug in zip(sections, slugs, strict=True):
            section["ids"] = [slug, *(known for known in section["ids"] if known != slug)]
            self.document.ids[slug] = section
            targets[slug] = (section.line, slug, section.next_node(nodes.title).astext())
        self.document.myst_slugs = targets
