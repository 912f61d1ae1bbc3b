"""A page as a notebook: the download, how to open it, and where it can be opened on the web.

Colab and Binder open what a workflow (.github/workflows/publish.yml) publishes in a branch a
language, ``notebooks-en`` and ``notebooks-zh``; their links stand in the pages once ``_config.yml``
names the repository.
"""

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx

from unrolled.book.pictures import with_smaller_pictures
from unrolled.book.questions import for_jupyter
from unrolled.book.words import WORDS, book_language

BRANCH = "notebooks-{}"
SETUP = """try:
    import unrolled
except ImportError:  # on Colab
    %pip install -q "unrolled[{extras}] @ git+{repository}\""""
EXTRAS = {"09_pytorch": "torch", "12_gpu": "torch", "13_modern": "torch", "10_keras": "keras"}


def download(notebook: dict[str, Any], language: str) -> dict[str, Any]:
    """Return what a reader downloads: one language, questions as folds, smaller figures."""
    return with_smaller_pictures(for_jupyter(notebook, language))


def write_downloads(app: Sphinx, exception: Exception | None) -> None:
    """Replace what Sphinx put into ``_sources/``: the source, with both languages."""
    if exception or app.builder.format != "html":
        return
    language = book_language(app.config)
    for docname in app.env.found_docs:
        source = Path(app.env.doc2path(docname))
        if source.suffix == ".ipynb":
            notebook = download(json.loads(source.read_text("utf-8")), language)
            target = Path(app.outdir, "_sources", f"{docname}.ipynb")
            target.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), "utf-8")


def launch(repository: str, page: str, language: str) -> list[tuple[str, str]]:
    """Return where a page's notebook opens on the web: nowhere without a repository on GitHub."""
    host, _, name = repository.removesuffix("/").removesuffix(".git").partition("github.com/")
    if not host or not name:
        return []
    branch, path = BRANCH.format(language), f"{page}.ipynb"
    lab = quote(f"lab/tree/{path}", safe="")
    return [
        ("Colab", f"https://colab.research.google.com/github/{name}/blob/{branch}/{path}"),
        ("Binder", f"https://mybinder.org/v2/gh/{name}/{branch}?urlpath={lab}"),
    ]


def commands(page: str, language: str) -> list[tuple[str, str]]:
    """Return what opens a page in Jupyter on the reader's machine, each with what it is for."""
    words, name = WORDS[language], page.rpartition("/")[2]
    if page.endswith("_exercises"):
        start = f"autograder start my-work --lang {language}"
        return [(words["jupyter_exercises"], f"{start}\njupyter lab my-work/{name}.ipynb")]
    return [
        (words["jupyter_download"], f"jupyter lab {name}.ipynb"),
        (words["jupyter_source"], f"jupyter lab {page}.ipynb"),
    ]


def add_menu(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Give a page's menu its links and commands (event ``html-page-context``)."""
    language = book_language(app.config)
    repository = app.config.html_theme_options.get("repository_url") or ""
    context["launch"] = launch(repository, pagename, language)
    context["jupyter"] = commands(pagename, language)


def publish(root: Path, pages: list[str], folder: Path, language: str, repository: str) -> None:
    """Write a language's notebooks as a branch holds them, with what Binder installs."""
    shutil.rmtree(folder, ignore_errors=True)
    for page in pages:
        notebook = download(json.loads((root / f"{page}.ipynb").read_text("utf-8")), language)
        target = folder / f"{page}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        if any(cell["cell_type"] == "code" for cell in notebook["cells"]):
            notebook["cells"].insert(0, _setup_cell(page, repository))
        target.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), "utf-8")
    # PyTorch's default build would bring gigabytes of CUDA.
    index = "--extra-index-url https://download.pytorch.org/whl/cpu"
    requirements = f"{index}\njupyterlab\nunrolled[torch] @ git+{repository}\n"
    (folder / "requirements.txt").write_text(requirements, "utf-8")
    (folder / "runtime.txt").write_text("python-3.11\n", "utf-8")


def _setup_cell(page: str, repository: str) -> dict[str, Any]:
    extras = next((e for name, e in EXTRAS.items() if f"/{name}" in page), "lessons")
    source = SETUP.format(extras=extras, repository=repository)
    return {
        "cell_type": "code", "id": "install-the-course", "metadata": {}, "source": source,
        "outputs": [], "execution_count": None,
    }  # fmt: skip


def setup(app: Sphinx) -> None:
    """Register the downloads and the menu."""
    app.connect("html-page-context", add_menu)
    app.connect("build-finished", write_downloads)
