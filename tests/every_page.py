"""What holds on every page of one language, each opened once: test_pages_en.py and test_pages_zh.py.

Two files, because a file's tests stay on one core.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import (
    NARROW,
    WIDE,
    NoAxe,
    axe_source,
    colours,
    complaints,
    open_page,
    requested,
    settle,
    size,
    violations,
)
from tests.test_book import PAGES

HAN = re.compile(r"[\u3400-\u9fff]")
LESSON = re.compile(r"chapters/\d\d_[a-z_]+(?<!_exercises)")

LOOK = """
  const all = (css) => [...document.querySelectorAll(css)];
  const heads = all('main :is(h1, h2, h3, h4, h5, h6)').filter((h) => h.checkVisibility());
  return {
    formulas: all('.math').length,
    typeset: all('.math mjx-container > svg[aria-hidden="true"]').length,
    spoken: all('.math mjx-container > mjx-assistive-mml > math').length,
    broken: all('[data-mjx-error], mjx-merror').length,
    headings: heads.map((h) => [Number(h.tagName[1]), h.innerText]),
    images: all('img').map((image) => [image.src.split('/').at(-1), image.alt, image.width * image.height]),
    glyphs: all('body *:not(.math *)').filter((e) => ['::before', '::after']
      .some((part) => /[\\ue000-\\uf8ff]/.test(getComputedStyle(e, part).content)) && e.checkVisibility())
      .map((e) => e.outerHTML.slice(0, 80)),
    bare_tables: all('article table').filter((t) => !t.querySelector('th')).map((t) => t.innerText),
  };
"""
UNFOLD = "for (const details of document.querySelectorAll('details')) details.open = true;"
BEYOND = """
  const scrolls = (e) =>
    e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [document.documentElement.scrollWidth, [...document.querySelectorAll('article.bd-article *')]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .filter((e) => !e.closest('mjx-assistive-mml') && !scrolls(e.parentElement))
    .map((e) => e.outerHTML.slice(0, 80))];
"""


STRANDED = """
  const closing = /^[、。，；：！？）」』”’》,.;:!?)\\]]/;
  const range = document.createRange();
  return [...document.querySelectorAll('article.bd-article span.math')].filter((formula) => {
    const next = formula.nextSibling;
    if (!formula.checkVisibility() || !closing.test(next?.data ?? '')) return false;
    range.setStart(next, 0);
    range.setEnd(next, 1);
    return range.getBoundingClientRect().top > formula.getBoundingClientRect().bottom;
  }).map((formula) => formula.parentElement.textContent.slice(0, 80));
"""


@dataclass
class Visit:
    """What was seen on a page: wide and light first, then narrow and dark."""

    language: str
    name: str
    complaints: list[str]
    requests: list[str]
    seen: dict
    violations: list[tuple[str, str]] | None  # None: axe-core cannot be had
    beyond: tuple[int, list[str]]
    stranded: list[str]


@pytest.fixture(scope="module")
def axe() -> str | None:
    try:
        return axe_source()
    except NoAxe:
        return None


@pytest.fixture(scope="module", params=[*PAGES, "search"])
def visit(request: pytest.FixtureRequest, browser, html: Path, axe: str | None) -> Visit:
    language, name = request.module.LANGUAGE, request.param
    size(browser, WIDE)
    colours(browser, "light")
    open_page(browser, html.joinpath(language, f"{name}.html").as_uri())
    said, asked, seen = complaints(browser), requested(browser), browser.execute_script(LOOK)
    found = violations(browser, axe) if axe else None
    size(browser, NARROW)
    colours(browser, "dark")
    browser.execute_script(UNFOLD)
    settle(browser)
    beyond, stranded = browser.execute_script(BEYOND), browser.execute_script(STRANDED)
    if found is not None:
        found += violations(browser, axe)
    return Visit(language, name, said, asked, seen, found, beyond, stranded)


def test_nothing_is_wrong_and_nothing_is_fetched(visit):
    assert visit.complaints == []
    assert visit.requests
    local = ("file:", "data:", "blob:", "about:")
    assert [url for url in visit.requests if not url.startswith(local)] == []


def test_formulas_stand_and_can_be_heard(visit):
    seen = visit.seen
    assert seen["typeset"] == seen["spoken"] >= seen["formulas"]
    assert seen["formulas"] > 0 or not LESSON.fullmatch(visit.name)
    assert seen["broken"] == 0


def test_headings_are_in_order(visit):
    levels = [level for level, _ in visit.seen["headings"]]
    assert levels[0] == 1
    assert levels.count(1) == 1
    jumps = [
        heading
        for before, heading in zip(levels, visit.seen["headings"][1:], strict=False)
        if heading[0] > before + 1
    ]
    assert jumps == []


def test_images_are_described_in_the_page_s_language(visit):
    missing = [
        file for file, text, _ in visit.seen["images"]
        if "_images" in text or len(text) < (10 if visit.language == "zh" else 20)
        or bool(HAN.search(text)) != (visit.language == "zh")
    ]  # fmt: skip
    hint = 'a figure\'s cell needs "alt": {"en": "…", "zh": "…"} in its metadata'
    assert missing == [], hint
    assert [file for file, _, area in visit.seen["images"] if not area] == []


def test_tables_have_header_cells(visit):
    assert visit.seen["bare_tables"] == []


def test_a_phone_scrolls_down_only(visit):
    width, beyond = visit.beyond
    assert width <= NARROW[0]
    assert beyond == []


def test_no_line_begins_with_the_stop_after_a_formula(visit):
    assert visit.stranded == []


def test_icons_are_drawn_and_not_letters_of_a_font_that_is_not_there(visit):
    assert visit.seen["glyphs"] == []


def test_axe_finds_nothing_serious(visit):
    if visit.violations is None:
        pytest.skip("axe-core cannot be had: it is fetched from npm's registry, once")
    serious = [what for impact, what in visit.violations if impact in ("serious", "critical")]
    assert serious == []
