"""The built book: its pages, its languages, its downloads, and that it needs no network.

The book is built once for all of these tests and those in test_book_browser.py, into a temporary
folder. What pages there should be comes from _toc.yml.
"""

import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document
from PIL import Image, ImageChops

from unrolled.book.anchors import english_slugs
from unrolled.book.build import BookError, build, build_language, measure, pages
from unrolled.book.lessons import LESSON, minutes
from unrolled.book.notebooks import download, launch, publish
from unrolled.book.pictures import smaller
from unrolled.languages import LANGUAGES, cell_language, filter_notebook

ROOT = Path(__file__).parents[1]
PAGES = pages(ROOT)
PLAIN = {
    "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# A page"]}],
    "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
}  # fmt: skip
SOURCES = ["_config.yml", "_toc.yml", "index.ipynb", "teachers.ipynb", "chapters", "solutions"]
HAN = re.compile(r"[\u3001-\u301f\u3400-\u9fff\uff01-\uff60]+")
OTHER = {"en": "zh", "zh": "en"}
EVERY_PAGE = [(language, page) for language in LANGUAGES for page in PAGES]


def copy_sources(root: Path) -> Path:
    root.mkdir(parents=True)
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    return root


@pytest.fixture(scope="session")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the book, once: with pytest-xdist the first worker builds and the others wait."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    root, finished = base / "book", base / "book-finished"
    try:
        copy_sources(root)
    except FileExistsError:
        deadline = time.monotonic() + 300
        while not finished.exists() and time.monotonic() < deadline:
            time.sleep(0.2)
    else:
        try:
            build(root)
        finally:
            finished.touch()
    built = root / "_build" / "html"
    assert (built / "index.html").exists(), "the book was not built: see the messages above"
    return built


def build_english(root: Path) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own: Sphinx looks at every module there is, torch's among them."""
    command = [sys.executable, "-m", "unrolled.book", "build", str(root), "--language", "en"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def source(page: str) -> dict:
    return json.loads((ROOT / f"{page}.ipynb").read_text("utf-8"))


def article(html: Path, language: str, page: str) -> BeautifulSoup:
    return soup(html / language / f"{page}.html").select_one("article.bd-article")


# --- Pages ---------------------------------------------------------------------------------------


def test_every_notebook_is_a_page_once():
    notebooks = [*ROOT.glob("*.ipynb"), *ROOT.glob("chapters/*.ipynb")]
    notebooks += ROOT.glob("solutions/*.ipynb")
    names = [path.relative_to(ROOT).with_suffix("").as_posix() for path in notebooks]
    assert sorted(PAGES) == sorted(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_has_exactly_its_pages(html, language):
    built = {p.relative_to(html / language).as_posix() for p in html.glob(f"{language}/**/*.html")}
    assert built == {f"{page}.html" for page in PAGES} | {"search.html"}
    assert {p.name for p in html.iterdir()} == {"index.html", *LANGUAGES}


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_a_page_holds_what_its_notebook_holds(html, language, page):
    body = article(html, language, page)
    cells = filter_notebook(source(page), language)["cells"]
    code = [c for c in cells if c["cell_type"] == "code" and "".join(c["source"]).strip()]
    images = sum("image/png" in o.get("data", {}) for c in code for o in c["outputs"])
    assert len(body.select("h1")) == 1
    assert len(body.select("div.cell")) == len(code)
    assert len(body.select("div.cell_output img")) == images
    assert len(body.get_text()) > 300


@pytest.mark.parametrize("page", PAGES)
def test_a_section_has_one_address_in_both_languages(html, page):
    en, zh = ([s["id"] for s in article(html, lang, page).select("section")] for lang in LANGUAGES)
    assert en == zh == english_slugs(source(page))


def test_slugs_are_unique_and_selectable():
    titles = "# What's $h_t$?\n## Code: `f`\n## Code: `f`\n:::{note}\n# no section\n:::\n## 5 gates"
    notebook = {
        "cells": [
            {"cell_type": "markdown", "metadata": {"tags": ["lang-en"]}, "source": [titles]},
            {"cell_type": "markdown", "metadata": {"tags": ["lang-zh"]}, "source": ["# 别的"]},
        ]
    }
    assert english_slugs(notebook) == ["whats", "code-f", "code-f-1", "section-5-gates"]


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_the_switcher_leads_to_the_same_page(html, language, page):
    file = html / language / f"{page}.html"
    other = OTHER[language]
    (link,) = soup(file).select("a.language-switch")
    assert (file.parent / link["href"]).resolve() == (html / other / f"{page}.html").resolve()
    assert (link["hreflang"], link.text) == {"en": ("en", "English"), "zh": ("zh-CN", "中文")}[
        other
    ]


def test_exercises_and_solutions_stand_below_their_lesson(html):
    nested = soup(html / "en/index.html").select("nav.bd-docs-nav li.toctree-l2 > a")
    wanted = [p for p in PAGES if p.endswith(("_exercises", "_solutions"))]
    assert [link["href"].removesuffix(".html") for link in nested] == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_has_its_number_in_title_and_sidebar(html, language):
    lessons = [p for p in PAGES if LESSON.fullmatch(p)]
    assert len(lessons) >= 15
    sidebar = soup(html / language / "index.html").select("nav.bd-docs-nav li.toctree-l1 > a")
    names = {link["href"].removesuffix(".html"): link.text for link in sidebar}
    for page in lessons:
        number = LESSON.fullmatch(page)[2]
        heading = soup(html / language / f"{page}.html").h1.find(string=True)
        assert heading.startswith(f"{number} · ")
        assert names[page] == heading
    below = soup(html / language / "index.html").select("nav.bd-docs-nav li.toctree-l2 > a")
    short = {"en": {"Exercises", "Solutions"}, "zh": {"练习", "解答"}}[language]
    assert {link.text for link in below} == short


@pytest.mark.parametrize("page", [p for p in PAGES if LESSON.fullmatch(p)])
def test_a_lesson_takes_as_long_in_both_languages(html, page):
    times = [
        int(re.search(r"\d+", article(html, lang, page).select_one(".lesson-facts").text)[0])
        for lang in LANGUAGES
    ]
    assert all(5 <= time <= 90 for time in times)
    assert abs(times[0] - times[1]) <= 10


def test_reading_times():
    def page(*children):
        document = new_document("page")
        document += children
        return document

    words = nodes.paragraph("", "word " * 2200)
    characters = nodes.paragraph("", "字" * 3500)
    code = nodes.literal_block("", "x = 1\n\n" * 240)
    output = nodes.container("", nodes.literal_block("", "1\n" * 999), classes=["cell_output"])
    figures = [nodes.image() for _ in range(40)]
    assert minutes(page(words)) == minutes(page(characters)) == minutes(page(code)) == 10
    assert minutes(page(*figures)) == 10
    assert minutes(page(words, characters, code, output)) == 30
    assert minutes(page(output)) == 1


# --- Languages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-CN")])
def test_the_page_says_its_language(html, language, tag):
    for file in html.glob(f"{language}/**/*.html"):
        assert soup(file).html["lang"] == tag


def test_no_chinese_in_the_english_book(html):
    for file in html.glob("en/**/*.html"):
        page = soup(file)
        for switch in page.select("a.language-switch"):
            assert switch.extract().text == "中文"
        assert not HAN.findall(str(page)), file
    for file in [*html.glob("en/_sources/**/*"), html / "en/_static/search-text.js"]:
        assert file.is_dir() or not HAN.findall(file.read_text("utf-8")), file


@pytest.mark.parametrize("page", PAGES)
def test_no_english_cell_in_the_chinese_book(html, page):
    """Every English line of more than a few words is looked for, as plain text."""
    english = [
        line.strip()
        for cell in source(page)["cells"]
        if cell_language(cell) == "en"
        for line in re.split(r"[\n$`*_\[\]()|]|(?<=[.!?]) ", "".join(cell["source"]))
        if len(line.split()) >= 4
    ]
    shared = "".join("".join(c["source"]) for c in source(page)["cells"] if not cell_language(c))
    chinese = "".join(
        "".join(c["source"]) for c in source(page)["cells"] if cell_language(c) == "zh"
    )
    english = [line for line in english if line not in shared + chinese]  # commands, names
    text = (html / f"zh/{page}.html").read_text("utf-8")
    assert english
    assert [line for line in english if line in text] == []
    notebook = (html / f"zh/_sources/{page}.ipynb").read_text("utf-8")
    assert [line for line in english if json.dumps(line)[1:-1] in notebook] == []


def test_the_interface_is_chinese_in_the_chinese_book(html):
    page = soup(html / f"zh/{PAGES[1]}.html")
    for control in page.select("button[title], a[title], input[placeholder]"):
        said = control.get("title") or control.get("placeholder")
        assert HAN.search(said), said
    assert page.select_one(".prev-next-subtitle").text == "上一页"
    assert page.title.text.endswith("展开：从公式到 GPU 的循环神经网络")


# --- Downloads -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_the_download_is_the_filtered_notebook(html, language, page):
    file = html / language / f"{page}.html"
    (link,) = soup(file).select("a.download-notebook")
    assert link.has_attr("download")
    notebook = json.loads((file.parent / link["href"]).read_text("utf-8"))
    nbformat.validate(notebook)
    assert notebook == download(source(page), language)
    assert ":::{question}" not in json.dumps(notebook)
    tags = [tag for cell in notebook["cells"] for tag in cell["metadata"].get("tags", [])]
    assert not [tag for tag in tags if tag.startswith("lang-")]


def test_no_other_notebook_is_published(html):
    published = {p.relative_to(html).as_posix() for p in html.rglob("*") if p.suffix == ".ipynb"}
    assert published == {f"{lang}/_sources/{page}.ipynb" for lang, page in EVERY_PAGE}


def test_a_page_says_how_to_open_it_in_jupyter(html):
    said = {p: soup(html / f"zh/{p}.html").select_one(".notebook-menu").text for p in PAGES}
    for page, text in said.items():
        name = page.rpartition("/")[2]
        if page.endswith("_exercises"):
            assert "autograder start my-work --lang zh" in text
            assert f"jupyter lab my-work/{name}.ipynb" in text
        else:
            assert f"jupyter lab {page}.ipynb" in text
        assert "Colab" not in text  # no repository is set
        assert "Binder" not in text


def test_launch_links_open_the_reader_s_language():
    page = "chapters/05_lstm"
    for url in ("https://github.com/someone/a-book", "https://github.com/someone/a-book.git"):
        links = dict(launch(url, page, "zh"))
        assert links == {
            "Colab": "https://colab.research.google.com/github/someone/a-book/blob/notebooks-zh"
            "/chapters/05_lstm.ipynb",
            "Binder": "https://mybinder.org/v2/gh/someone/a-book/notebooks-zh"
            "?urlpath=lab%2Ftree%2Fchapters%2F05_lstm.ipynb",
        }
    assert launch("", page, "zh") == launch("https://example.org/someone/a-book", page, "zh") == []


def test_pages_have_launch_links_once_the_repository_is_known(tmp_path):
    root = copy_sources(tmp_path / "book")
    config = (ROOT / "_config.yml").read_text("utf-8")
    known = config.replace('repository:\n  url: ""', 'repository:\n  url: "https://github.com/a/b"')
    assert known != config
    (root / "_config.yml").write_text(known, "utf-8")
    (root / "index.ipynb").write_text(json.dumps(PLAIN), "utf-8")
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\n", "utf-8")
    assert build_english(root).returncode == 0
    page = soup(root / "_build/html/en/index.html")
    (colab, binder) = (link["href"] for link in page.select("a.launch"))
    assert colab == "https://colab.research.google.com/github/a/b/blob/notebooks-en/index.ipynb"
    assert binder.startswith("https://mybinder.org/v2/gh/a/b/notebooks-en?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_published_for_colab_and_binder(tmp_path, language):
    publish(ROOT, PAGES, tmp_path / "branch", language, "https://github.com/a/b")
    found = sorted(p.relative_to(tmp_path / "branch").as_posix() for p in tmp_path.rglob("*.*"))
    assert found == sorted([*(f"{p}.ipynb" for p in PAGES), "requirements.txt", "runtime.txt"])
    for page in PAGES:
        notebook = json.loads((tmp_path / f"branch/{page}.ipynb").read_text("utf-8"))
        nbformat.validate(notebook)
        wanted = download(source(page), language)["cells"]
        code = any(cell["cell_type"] == "code" for cell in wanted)
        assert notebook["cells"][code:] == wanted
        if code:
            assert "@ git+https://github.com/a/b" in notebook["cells"][0]["source"]


# --- Size ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_of_the_book_is_small(html, language):
    size = sum(file.stat().st_size for file in (html / language).rglob("*") if file.is_file())
    assert size < 12e6


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_a_page_is_light(html, language, page):
    """What it loads, but for figures and the script for its formulas."""
    file = html / language / f"{page}.html"
    loaded = {file, *(file.parent / re.sub(r"[?#].*", "", a) for a in loaded_by(file))}
    styles = [path for path in loaded if path.suffix == ".css"]
    loaded |= {css.parent / address for css in styles for address in loaded_by(css)}
    light = [p for p in loaded if p.suffix not in (".png", ".svg") and "mathjax" not in p.parts]
    assert sum(path.stat().st_size for path in light) < 1e6


@pytest.mark.parametrize("page", PAGES)
def test_a_figure_looks_the_same_in_fewer_bytes(page):
    for cell in source(page)["cells"]:
        for output in cell.get("outputs", []):
            if stored := output.get("data", {}).get("image/png"):
                before = base64.b64decode("".join(stored))
                after = smaller(before)
                pictures = [Image.open(io.BytesIO(png)).convert("RGBA") for png in (before, after)]
                moved = ImageChops.difference(*pictures).getextrema()
                assert max(high for _, high in moved) <= 8
                assert len(after) <= len(before)


def test_every_icon_is_drawn(html):
    drawn = (html / "en/_static/icons.css").read_text("utf-8")
    for page in html.glob("*/**/*.html"):
        icons = {n for i in soup(page).select(".fa-solid") for n in i["class"] if n[:3] == "fa-"}
        assert [name for name in icons if f".{name} {{" not in drawn] == [], page


# --- Solutions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [p for p in PAGES if p.startswith("solutions/")])
def test_every_solution_is_folded(html, language, page):
    def role(cell: dict) -> str | None:
        return cell["metadata"].get("autograder", {}).get("role")

    wanted = sum(role(cell) == "solution" for cell in source(page)["cells"])
    folds = article(html, language, page).select("div.cell details.hide.above-input")
    prompt = {"en": "Show the solution", "zh": "显示解答"}[language]
    assert wanted > 0
    assert len([f for f in folds if prompt in f.summary.text and not f.has_attr("open")]) == wanted


# --- No network ----------------------------------------------------------------------------------

LOADS = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
    "embed": "src", "input": "src", "object": "data", "use": "href", "image": "href",
}  # fmt: skip
LOADING_LINKS = {
    "stylesheet",
    "preload",
    "modulepreload",
    "prefetch",
    "icon",
    "preconnect",
    "manifest",
}


def loaded_by(file: Path) -> list[str]:
    """Return the addresses that a browser loads with an HTML or CSS file (data: left out)."""
    text = file.read_text("utf-8")
    found = re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""", text)
    if file.suffix == ".html":
        page = BeautifulSoup(text, "html.parser")
        found += [t[LOADS[t.name]] for t in page.find_all(LOADS) if t.has_attr(LOADS[t.name])]
        found += [t["href"] for t in page.find_all("link") if LOADING_LINKS & set(t["rel"])]
    return [address for address in found if not address.startswith(("data:", "#"))]


def test_everything_loaded_is_in_the_folder(html):
    missing = [
        f"{file.relative_to(html)}: {address}"
        for file in html.rglob("*")
        if file.suffix in (".html", ".css")
        for address in loaded_by(file)
        if re.match(r"\w+:|//", address)
        or not (file.parent / re.sub(r"[?#].*", "", address)).exists()
        if not (file.name == "pygments.css" or address == "file.png")  # a rule that no page uses
    ]
    assert missing == []


def test_no_script_names_a_delivery_network(html):
    hosts = re.compile(
        r"unpkg\.com|jsdelivr|cdnjs|cloudflare\.com|googleapis|gstatic|sphinx-thebe|thebe_js", re.I
    )
    for file in html.rglob("*"):
        if file.suffix in (".html", ".js") and "mathjax" not in file.parts:
            assert not hosts.search(file.read_text("utf-8")), file
        assert "thebe" not in file.name


def test_mathjax_is_one_file(html):
    for language in LANGUAGES:
        files = [p for p in (html / language / "_static/mathjax").rglob("*") if p.is_file()]
        assert [file.name for file in files] == ["tex-svg-full.js"]


def test_the_landing_page_leads_to_both_languages_without_javascript(html):
    page = soup(html / "index.html")
    for language in LANGUAGES:
        assert page.select(f'body a[href="{language}/index.html"]')
    assert loaded_by(html / "index.html") == ["en/_static/favicon.svg"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_has_the_text_of_every_section(html, language):
    script = (html / language / "_static/search-text.js").read_text("utf-8")
    found = json.loads(script.removeprefix("const searchPages = ").removesuffix(";\n"))
    assert sorted(found) == sorted(PAGES)
    for page, (title, _, _, parts) in found.items():
        assert soup(html / language / f"{page}.html").h1.text.startswith(title)
        sections = [s["id"] for s in article(html, language, page).select("section > section")]
        anchors = [anchor for anchor, _, _ in parts]
        assert [anchor for anchor in anchors if anchor in sections] == sections, page
        assert sum(len(text) for _, _, text in parts) > 300, page


# --- The command ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_warning_fails_the_build_and_leaves_no_book(tmp_path):
    root = copy_sources(tmp_path / "book")
    notebook = source("index")
    notebook["cells"][0]["source"] += ["\n\nSee [nothing](chapters/nothing.ipynb)."]
    (root / "index.ipynb").write_text(json.dumps(notebook), "utf-8")
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\n", "utf-8")
    done = build_english(root)
    assert done.returncode == 1
    assert "chapters/nothing.ipynb" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "_build/html").exists()


def test_without_jupyter_book_one_sentence_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "jupyter_book.sphinx", None)
    with pytest.raises(BookError, match=r"^Jupyter Book is not installed: run `pip install .*`\.$"):
        build_language(tmp_path, "en")


def test_measure_names_every_page(html):
    table = measure(html.parents[1])
    assert all(table.count(f"  {page}\n") + table.endswith(f"  {page}") == 2 for page in PAGES)


def test_the_stack_is_pinned_and_light():
    lines = (ROOT / "requirements/book.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", pin) for pin in pins)
    names = {pin.partition("==")[0].lower() for pin in pins}
    assert {"jupyter-book", "sphinx", "sphinx-book-theme", "myst-nb"} <= names
    assert not names & {"torch", "tensorflow", "tensorflow-cpu", "keras"}


def test_the_table_of_contents_is_read_in_order():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    assert PAGES[0] == toc["root"] == "index"
    assert len(PAGES) == len(set(PAGES)) > 1
