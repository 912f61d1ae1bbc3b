"""The book as its reader has it: size, weight of a page, time to readable formulas, what is wrong.

    python -m benchmarks.book                      of the built book; prints it, writes book.json
    python -m benchmarks.book --screenshots DIR    every lesson at three widths, for a person to look at

It needs `make book`, Chromium and chromedriver, and axe-core from npm's registry (without it the
violations are left out). Times are those of a page opened from its folder, with nothing cached: until
the formulas in view stand (before, the text is not shown), and until all of the page's do. Shifts are
all layout shifts of a page added up ('good' in Web Vitals is up to 0.1).
"""

import argparse
import base64
import json
import re
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from benchmarks.times import machine
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
    start_browser,
    violations,
)
from unrolled.book.build import html_folder, pages, weight
from unrolled.book.build import size as folder_size
from unrolled.languages import LANGUAGES

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("book.json")
LESSON = re.compile(r"chapters/\d\d_[a-z_]+(?<!_exercises)")
WIDTHS = (360, 768, 1280)
PIECE = 6000  # pixels of a page in one picture: Chromium draws no more than 16384

WATCH = """
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
"""
TIMES = """
  const at = (name) => performance.getEntriesByName(name)[0]?.startTime;
  const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
  return [at('formulas-in-view') ?? paint, at('formulas') ?? paint, window.shifted];
"""


def weights(html: Path, names: list[str]) -> dict[str, Any]:
    """The size of each language, and what a lesson's page weighs alone and with its figures."""
    found: dict[str, Any] = {}
    alone, figures = [], []
    for language in LANGUAGES:
        found[f"{language}_mb"] = round(folder_size(html / language) / 1e6, 1)
        for name in filter(LESSON.fullmatch, names):
            page, with_figures = weight(html / language / f"{name}.html")
            alone.append(page / 1e3)
            figures.append(with_figures / 1e3)
    for what, numbers in (("html", alone), ("with_figures", figures)):
        found[f"lesson_{what}_median_kb"] = round(statistics.median(numbers))
        found[f"lesson_{what}_max_kb"] = round(max(numbers))
    return found


def visits(browser: WebDriver, html: Path, names: list[str]) -> dict[str, Any]:
    """Open every page; return what it asked for, what it complained of, and how long it took."""
    try:
        axe = axe_source()
    except NoAxe as error:
        print(f"No violations counted: {error}.")
        axe = None
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    outside, errors, serious = 0, 0, 0
    first, whole, shifts = [], [], []
    for language in LANGUAGES:
        for name in names:
            size(browser, WIDE)
            colours(browser, "light")
            open_page(browser, html.joinpath(language, f"{name}.html").as_uri())
            local = ("file:", "data:", "blob:", "about:")
            outside += sum(not url.startswith(local) for url in requested(browser))
            errors += len(complaints(browser))
            if LESSON.fullmatch(name):
                in_view, all_of_it, shifted = browser.execute_script(TIMES)
                first.append(in_view / 1e3)
                whole.append(all_of_it / 1e3)
                shifts.append(shifted)
            if axe:
                found = violations(browser, axe)
                size(browser, NARROW)
                colours(browser, "dark")
                settle(browser)
                found += violations(browser, axe)
                bad = [what for impact, what in found if impact in ("serious", "critical")]
                serious += len(bad)
                for what in bad:
                    print(f"{language}/{name}: {what}")
    found = {
        "pages": len(names) * len(LANGUAGES),
        "requests_outside": outside,
        "console_errors": errors,
        "formulas_in_view_median_s": round(statistics.median(first), 2),
        "formulas_in_view_max_s": round(max(first), 2),
        "all_formulas_median_s": round(statistics.median(whole), 2),
        "all_formulas_max_s": round(max(whole), 2),
        "shift_max": round(max(shifts), 3),
    }
    return found | ({"axe_serious_violations": serious} if axe else {})


def screenshots(browser: WebDriver, html: Path, names: list[str], folder: Path) -> None:
    """Take pictures of every lesson, at three widths in light colours and at one in dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, scheme in [*((width, "light") for width in WIDTHS), (WIDTHS[-1], "dark")]:
        size(browser, (width, 900))
        colours(browser, scheme)
        for language in LANGUAGES:
            for name in filter(LESSON.fullmatch, names):
                open_page(browser, html.joinpath(language, f"{name}.html").as_uri())
                height = browser.execute_script("return document.documentElement.scrollHeight")
                for k, top in enumerate(range(0, height, PIECE)):
                    clip = {"x": 0, "y": top, "width": width,
                            "height": min(PIECE, height - top), "scale": 1}  # fmt: skip
                    options = {"clip": clip, "captureBeyondViewport": True, "format": "jpeg",
                               "quality": 70}  # fmt: skip
                    picture = browser.execute_cdp_cmd("Page.captureScreenshot", options)["data"]
                    file = f"{Path(name).name}-{language}-{width}-{scheme}-{k + 1}.jpg"
                    folder.joinpath(file).write_bytes(base64.b64decode(picture))
    print(f"{len(list(folder.iterdir()))} pictures in {folder}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--screenshots", metavar="DIR", type=Path)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder with _config.yml")
    parser.add_argument("--pages", default="", help="only those whose name holds this text")
    options = parser.parse_args()
    html, names = html_folder(options.root), pages(options.root)
    if not (html / "index.html").exists():
        print("There is no book to measure: run `make book`.", file=sys.stderr)
        return 1
    chosen = [name for name in names if options.pages in name]
    browser = start_browser()
    try:
        if options.screenshots:
            screenshots(browser, html, chosen, options.screenshots)
            return 0
        found = weights(html, names) | visits(browser, html, chosen)
    finally:
        browser.quit()
    results = {"machine": machine(), "date": time.strftime("%Y-%m-%d"), **found}
    if chosen == names:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    for name, value in results.items():
        print(f"{name:28} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
