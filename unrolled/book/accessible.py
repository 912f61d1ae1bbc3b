"""What readers need who listen to a page, or use it by keyboard, and what keeps it from jumping.

A figure's alternative text stands in its cell's metadata, in both languages:
``"alt": {"en": "…", "zh": "…"}``. The rest mends what the theme and MyST-NB leave: names of
buttons, empty header cells, the sizes of images. ``static/formulas.js`` says how formulas appear.
"""

import re
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config


def with_alternative_text(cell: dict[str, Any]) -> dict[str, Any]:
    """Tell MyST-NB a figure's alternative text (of a cell in one language)."""
    metadata = cell.get("metadata", {})
    if "alt" not in metadata:
        return cell
    options = {**metadata.get("mystnb", {}), "image": {"alt": metadata["alt"]}}
    return {**cell, "metadata": {**metadata, "mystnb": options}}


def leave_formulas_to_us(app: Sphinx, config: Config) -> None:
    """Load formulas.js before MathJax: it takes its settings up and says what is set first."""
    app.add_js_file("formulas.js", defer="defer")


def named_toggles(toctree: str, name: str) -> str:
    """Give the sidebar's arrows a name; the theme gives them a picture only."""

    def named(match: re.Match[str]) -> str:
        title = unescape(re.sub(r"<[^>]+>", "", match[2]))
        return f'{match[1]}{match[2]}{match[3]} aria-label="{escape(name.format(title))}">'

    arrow = r'(<a class="[^"]*reference internal"[^>]*>)(.*?)(</a>\s*<details[^>]*>\s*<summary)>'
    return re.sub(arrow, named, str(toctree))


def mend(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Change a page's body (event ``html-page-context``)."""
    context["named_toggles"] = named_toggles
    body = context.get("body", "")
    # The summary's own words say what it does, and in the page's language.
    body = body.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    body = re.sub(r'<th class="head">\s*(<p>\s*</p>)?\s*</th>', "<td></td>", body)
    for image in doctree.findall(nodes.image) if doctree is not None else ():
        source = Path(app.srcdir, image.get("candidates", {}).get("*", ""))
        if source.suffix == ".png" and source.is_file():
            size = png_size(source)
            place = f'src="{image["uri"]}"'
            body = body.replace(place, f'{place} width="{size[0]}" height="{size[1]}"')
    context["body"] = body


def png_size(file: Path) -> tuple[int, int]:
    """Return a PNG's width and height: with them a browser keeps its place before it is loaded."""
    with file.open("rb") as opened:
        head = opened.read(24)
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


def setup(app: Sphinx) -> None:
    """Register all of the above."""
    app.connect("config-inited", leave_formulas_to_us)
    app.connect("html-page-context", mend)
