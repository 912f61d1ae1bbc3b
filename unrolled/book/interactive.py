"""The directive ``widget``: a place for one, and what the page shows without JavaScript.

    :::{widget} gate-laboratory
    :title: The gate laboratory
    :alt: What the static figure shows, for who cannot see it.

    A sentence or two under the static figure.
    :::

The widget's script is ``widgets/gate-laboratory.js``, its data ``gate-laboratory.data.js`` beside
it if there are any, its static figure ``gate-laboratory.svg``. Only pages that have a widget load
them: what lies in Sphinx's static folders would go into every page. A widget that serves several
lessons takes ``:cell: gru``: its script finds that as ``data-cell``, and its figure is
``gate-laboratory.gru.svg``.
"""

import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

WIDGETS = Path(__file__).with_name("widgets")
STYLE = "widgets/widgets.css"
CORE = "widgets/core.js"


class interactive(nodes.General, nodes.Element):  # noqa: N801  docutils' nodes are in lower case
    """Something that its page's scripts bring to life; ``scripts`` are relative to ``_static``."""


class Widget(SphinxDirective):
    """See the module."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "title": directives.unchanged_required,
        "alt": directives.unchanged_required,
        "cell": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Return one `interactive` node with the static text inside."""
        name = self.arguments[0]
        missing = [option for option in ("title", "alt") if option not in self.options]
        if missing or not (WIDGETS / f"{name}.js").exists():
            what = f"needs :{missing[0]}:" if missing else f"has no script {name}.js"
            raise self.error(f"The widget {name} {what}.")
        data = [f"{name}.data.js"] if (WIDGETS / f"{name}.data.js").exists() else []
        scripts = [f"widgets/{file}" for file in [*data, f"{name}.js"]]
        node = interactive(name=name, scripts=scripts, **self.options)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


def visit(translator: HTML5Translator, node: interactive) -> None:
    """Open the widget, its figure first."""
    name, title, cell = node["name"], escape(node["title"]), node.get("cell")
    data = f' data-cell="{escape(cell)}"' if cell else ""
    figure = f"{name}.{cell}.svg" if cell else f"{name}.svg"
    translator.body.append(
        f'<div class="widget" data-widget="{name}"{data} role="group" aria-label="{title}">'
        f'<p class="widget-title">{title}</p><div class="widget-static">'
    )
    if (WIDGETS / figure).exists():
        root = "../" * translator.builder.current_docname.count("/")
        source = f"{root}_static/widgets/{figure}"
        translator.body.append(f'<img src="{source}" alt="{escape(node["alt"])}">')


def depart(translator: HTML5Translator, node: interactive) -> None:
    """Close it."""
    translator.body.append("</div></div>")


def scripts_of(doctree: nodes.Node | None) -> Iterator[str]:
    """Yield the scripts that a page's nodes ask for, each once."""
    if doctree is not None:
        asked = [
            script for node in doctree.findall(nodes.Element) for script in node.get("scripts", ())
        ]
        if asked:
            yield from dict.fromkeys([CORE, *asked])


def load_scripts(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.Node | None,
) -> None:
    """Load in a page (event ``html-page-context``) what its widgets need, and nothing else."""
    scripts = list(scripts_of(doctree))
    for script in scripts:
        app.add_js_file(script, defer="defer")
    if scripts:
        app.add_css_file(STYLE)


def copy_widgets(app: Sphinx) -> None:
    """Copy scripts, styles, data and figures into the book."""
    if app.builder.format == "html":
        shutil.copytree(WIDGETS, Path(app.outdir, "_static", "widgets"), dirs_exist_ok=True)


def setup(app: Sphinx) -> None:
    """Register the directive and its page's scripts."""
    app.add_node(interactive, html=(visit, depart))
    app.add_directive("widget", Widget)
    app.connect("html-page-context", load_scripts)
    app.connect("builder-inited", copy_widgets)
