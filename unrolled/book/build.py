"""Builds both languages of the book, and says how much each page weighs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from unrolled.languages import LANGUAGES

LANDING = Path(__file__).with_name("landing.html")
SPHINX_LANGUAGE = {"en": "en", "zh": "zh_CN"}


class BookError(Exception):
    """The book cannot be built; the message says what to do, in one sentence."""


def pages(root: Path) -> list[str]:
    """Return the pages that ``_toc.yml`` names, in reading order: ``chapters/05_lstm`` …"""
    import yaml  # type: ignore[import-untyped]  # comes with Jupyter Book

    def below(entry: dict[str, Any]) -> list[str]:
        own = [entry[key] for key in ("root", "file") if key in entry]
        lists = [entry.get(key, []) for key in ("parts", "chapters", "sections")]
        return own + [page for entries in lists for child in entries for page in below(child)]

    toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    return [page.removesuffix(".ipynb") for page in below(toc)]


def html_folder(root: Path) -> Path:
    """Return the folder that holds the landing page and one folder a language."""
    return root / "_build" / "html"


def build(root: Path) -> Path:
    """Build both languages side by side, each in a process of its own; return the landing page.

    Raises BookError if one fails (Sphinx has said why) or ends without a page.
    """
    html = html_folder(root)
    html.mkdir(parents=True, exist_ok=True)
    processes = {
        language: subprocess.Popen(
            [sys.executable, "-m", "unrolled.book", "build", str(root), "--language", language],
            env={**os.environ, "PYTHONUTF8": "1"},
            cwd=Path(__file__).parents[2],  # so that the package is found without being installed
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )
        for language in LANGUAGES
    }  # fmt: skip
    outputs = {language: process.communicate()[0] for language, process in processes.items()}
    for language, process in processes.items():
        sys.stdout.write(outputs[language])
        if process.returncode:
            raise BookError(f"The book was not built: see the messages for {language!r} above.")
    shutil.copyfile(LANDING, html / "index.html")
    return html / "index.html"


def build_language(root: Path, language: str) -> None:
    """Build one language from nothing: on top of an old build, pages that are gone would stay."""
    try:
        from jupyter_book.sphinx import build_sphinx
    except ImportError as error:
        raise BookError(
            "Jupyter Book is not installed: run `pip install -r requirements/book.txt`."
        ) from error
    from sphinx.util.console import nocolor

    nocolor()  # the output goes through a pipe
    work = root / "_build" / "sphinx" / language
    shutil.rmtree(work, ignore_errors=True)
    output = work / "html"  # not yet the published folder: MyST-NB leaves notebooks beside it
    failed = build_sphinx(
        root,
        output,
        noconfig=True,
        path_config=root / "_config.yml",
        doctreedir=work / "doctrees",
        confoverrides={"language": SPHINX_LANGUAGE[language], "latex_individualpages": False},
        quiet=True,
        warningiserror=True,
        keep_going=True,
    )
    missing = [page for page in pages(root) if not (output / f"{page}.html").exists()]
    if failed or missing:
        what = f"no page {', '.join(missing)}" if missing else "see the warnings above"
        raise BookError(f"{language}: the build failed, {what}.")
    _remove_what_no_page_loads(output)
    published = html_folder(root) / language
    shutil.rmtree(published, ignore_errors=True)
    published.parent.mkdir(parents=True, exist_ok=True)
    output.rename(published)
    print(f"{language}: {len(pages(root))} pages")


def _remove_what_no_page_loads(html: Path) -> None:
    """Drop the themes' source maps, templates, translations and icons (ours: icons.css)."""
    static = html / "_static"
    for folder in ("locales", "vendor"):
        shutil.rmtree(static / folder, ignore_errors=True)
    for pattern in ("*.map", "*webpack-macros.html", "logo_*", ".gitignore", "fontawesome.js*"):
        for file in static.rglob(pattern):
            file.unlink()
    (html / ".buildinfo").unlink(missing_ok=True)
    style = static / "styles" / "pydata-sphinx-theme.css"
    icons = r"(?:\.fa-[\w-]+:before,?)+\{content:[^}]*\}|@font-face\{[^}]*Font Awesome[^}]*\}"
    style.write_text(re.sub(icons, "", style.read_text("utf-8")), "utf-8")


def publish_notebooks(root: Path, repository: str | None) -> Path:
    """Write each language's notebooks for Colab and Binder; return the folder with one for each."""
    from unrolled.book.notebooks import publish

    if not repository:
        raise BookError("Say where the course is installed from: --repository https://github.com/…")
    folder = root / "_build" / "notebooks"
    for language in LANGUAGES:
        publish(root, pages(root), folder / language, language, repository)
    return folder


def size(folder: Path) -> int:
    """Return how many bytes the files below a folder have."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def weight(page: Path) -> tuple[int, int]:
    """Return how many bytes a page has, alone and with its figures."""
    images = set(re.findall(r'<img[^>]*src="([^"]+)"', page.read_text("utf-8")))
    figures = [page.parent / image for image in images if (page.parent / image).is_file()]
    alone = page.stat().st_size
    return alone, alone + sum(figure.stat().st_size for figure in figures)


def measure(root: Path) -> str:
    """Return a table: the size of each language, and the weight of each page with its figures.

    What all pages share (the theme, MathJax) is one line; the search index is only in the total.
    """
    lines = []
    for language in LANGUAGES:
        folder = html_folder(root) / language
        if not (folder / "index.html").exists():
            raise BookError("There is no book to measure: run `python -m unrolled.book build`.")
        lines.append(f"{language}: {size(folder) / 1e6:.1f} MB")
        static = size(folder / "_static")
        lines.append(f"  {static / 1e3:8.0f} kB  _static (theme, MathJax; shared by all pages)")
        for page in pages(root):
            _, with_figures = weight(folder / f"{page}.html")
            lines.append(f"  {with_figures / 1e3:8.0f} kB  {page}")
    return "\n".join(lines)
