"""What Sphinx loads: one language of the book, complete without a network.

The build's language is Sphinx's own setting ``language`` (``en`` or ``zh_CN``); the rest follows.
"""

import gettext
import importlib.util
import json
import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.locale import translators

from unrolled.book import accessible, interactive, lessons, notebooks, questions, search
from unrolled.book.anchors import NeutralAnchors, english_slugs
from unrolled.book.pictures import with_smaller_pictures
from unrolled.book.terms import GlossaryLinks
from unrolled.book.typography import NoBreakSpaces
from unrolled.book.words import INTERFACE_IN_CHINESE, NAMES, WORDS, book_language
from unrolled.languages import LANGUAGES, filter_notebook

HERE = Path(__file__).parent
PLAIN_CODE = re.compile(r'<span class="(?:n|p|w)">([^<]*)</span>')
MATHJAX = "mathjax/tex-svg-full.js"  # every TeX extension, glyphs as SVG paths: one file, no fonts


def configure(app: Sphinx, config: Config) -> None:
    """Set what depends on the language, and where our own files lie."""
    words = WORDS[book_language(config)]
    config.html_title = words["title"]
    config.nb_code_prompt_show = words["show_cell"]
    config.nb_code_prompt_hide = words["hide_cell"]
    config.togglebutton_hint = words["show"]
    config.togglebutton_hint_hide = words["hide"]
    config.html_theme_options |= {
        "logo": {"text": words["logo"]},
        "search_bar_text": words["search"],
    }
    config.html_favicon = str(HERE / "static" / "favicon.svg")
    config.mathjax_path = MATHJAX
    config.templates_path.insert(0, str(HERE / "templates"))
    config.html_static_path.append(str(HERE / "static"))
    for style in ("icons.css", "book.css", "reading.css"):
        app.add_css_file(style, priority=900)  # after the theme's
    app.add_css_file("print.css", priority=901, media="print")
    for script in ("book.js", "marks.js", "shortcuts.js"):
        app.add_js_file(script, defer="defer")


def copy_mathjax(app: Sphinx) -> None:
    """Copy the one file of MathJax that the book uses."""
    spec = importlib.util.find_spec("sphinx-mathjax-offline")
    if spec is None or spec.origin is None:
        raise ExtensionError(
            "sphinx-mathjax-offline is missing: pip install -r requirements/book.txt"
        )
    target = Path(app.outdir, "_static", MATHJAX)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(spec.origin).parent / "static" / MATHJAX, target)


def keep_one_language(app: Sphinx, docname: str, source: list[str]) -> None:
    """Hand MyST-NB the notebook without the other language (event ``source-read``)."""
    app.env.temp_data.pop("english_slugs", None)
    if not str(app.env.doc2path(docname)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    app.env.temp_data["english_slugs"] = english_slugs(notebook)
    language = book_language(app.config)
    notebook = with_smaller_pictures(filter_notebook(notebook, language))
    notebook["cells"] = [
        accessible.with_alternative_text(_with_solution_prompt(cell, language))
        for cell in notebook["cells"]
    ]
    source[0] = json.dumps(notebook)


def _with_solution_prompt(cell: dict[str, Any], language: str) -> dict[str, Any]:
    """A solution's cell is folded by its tag ``hide-input``; its fold says what it hides."""
    metadata = cell.get("metadata", {})
    if metadata.get("autograder", {}).get("role") != "solution":
        return cell
    words = WORDS[language]
    prompts = {
        "code_prompt_show": words["show_solution"],
        "code_prompt_hide": words["hide_solution"],
    }
    tags = sorted({*metadata.get("tags", []), "hide-input"})
    return {**cell, "metadata": {**metadata, "tags": tags, "mystnb": prompts}}


def add_page_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Give the templates our words and the address of the same page in the other language."""
    language = book_language(app.config)
    other = next(known for known in LANGUAGES if known != language)
    context["words"] = WORDS[language]
    context["other_language"] = {
        "code": other,
        "tag": {"en": "en", "zh": "zh-CN"}[other],
        "name": NAMES[other],
        "href": f"{context['content_root']}../{other}/{pagename}.html",
    }


def lighten_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Take the marks off names, punctuation and spaces in code, whose colour is plain text's.

    They are two thirds of all marks, a fifth of a page.
    """
    if "body" in context:
        context["body"] = PLAIN_CODE.sub(r"\1", context["body"])


class ChineseInterface(gettext.NullTranslations):
    """Translations that look into ours (words.py) before Sphinx's or the theme's own."""

    def __init__(self, theirs: gettext.NullTranslations) -> None:
        super().__init__()
        self.theirs = theirs

    def gettext(self, message: str) -> str:
        """Return the Chinese for an English string of the interface, or the string itself."""
        return INTERFACE_IN_CHINESE.get(message) or self.theirs.gettext(message)


def translate_interface(app: Sphinx, config: Config) -> None:
    """Add to the Chinese of Sphinx and its theme what it lacks."""
    if book_language(config) == "zh":
        for catalogue in (("general", "sphinx"), ("general", "booktheme")):
            translators[catalogue] = ChineseInterface(translators[catalogue])
        app.translator = translators["general", "sphinx"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register all of the above."""
    app.connect("config-inited", configure, priority=400)  # before the theme adds its templates
    app.connect("config-inited", translate_interface)
    app.connect("builder-inited", copy_mathjax)
    app.connect("source-read", keep_one_language)
    app.connect(
        "html-page-context", add_page_context, priority=100
    )  # the theme tries its templates
    app.connect("html-page-context", lighten_page)
    accessible.setup(app)
    interactive.setup(app)
    lessons.setup(app)
    notebooks.setup(app)
    questions.setup(app)
    search.setup(app)
    app.add_transform(NeutralAnchors)
    app.add_post_transform(GlossaryLinks)
    app.add_post_transform(NoBreakSpaces)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
