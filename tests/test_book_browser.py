"""The built book in a browser, opened from its folder: what only a browser can tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_book import OTHER, PAGES, html  # noqa: F401
from unrolled.languages import LANGUAGES

pytest.importorskip("selenium", reason="selenium is not installed")
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser import (  # noqa: F401  the widgets' tests take their tools from here
    CHROMEDRIVER,
    CHROMIUM,
    NARROW,
    WIDE,
    arrive,
    colours,
    open_page,
    requested,
    size,
    start_browser,
    wait,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (CHROMIUM and CHROMEDRIVER),
        reason="Chromium or chromedriver is not installed (Debian: apt install chromium-driver)",
    ),
]

LSTM = "chapters/05_lstm"


@pytest.fixture(scope="module")
def browser() -> Iterator[WebDriver]:
    driver = start_browser()
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: WebDriver, html: Path):  # noqa: F811
    """Return a function that opens a page and waits until its formulas stand."""
    browser.get(html.joinpath("en/_static/favicon.svg").as_uri())  # no page: it would remember
    browser.execute_script("localStorage.clear()")
    size(browser, WIDE)
    colours(browser, "light")

    def open_it(address: str) -> WebDriver:
        open_page(browser, f"{html.as_uri()}/{address}")
        return browser

    return open_it


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switcher_keeps_page_and_section(page, language):
    other = OTHER[language]
    browser = page(f"{language}/{LSTM}.html")
    ids = browser.execute_script(
        "return [...document.querySelectorAll('article section section')].map((s) => s.id)"
    )
    section = ids[len(ids) // 2]
    browser.execute_script("document.getElementById(arguments[0]).scrollIntoView()", section)
    browser.execute_script("document.querySelector('a.language-switch').click()")
    arrive(browser, f"/{other}/{LSTM}.html")
    assert browser.current_url.endswith(f"/{other}/{LSTM}.html#{section}")
    wait(
        browser,
        "return window.MathJax?.startup?.promise && document.querySelector('mjx-container')",
    )
    wait(browser, f"const t = document.getElementById('{section}').getBoundingClientRect().top;"
                  "return t > -5 && t < 200")  # fmt: skip
    # And back, without scrolling: the section that the link led to.
    browser.execute_script("document.querySelector('a.language-switch').click()")
    arrive(browser, f"/{language}/{LSTM}.html")
    assert browser.current_url.endswith(f"/{language}/{LSTM}.html#{section}")


def test_the_switcher_at_the_top_needs_no_section(page):
    browser = page(f"en/{LSTM}.html")
    browser.execute_script("document.querySelector('a.language-switch').click()")
    arrive(browser, f"/zh/{LSTM}.html")
    assert browser.current_url.endswith(f"/zh/{LSTM}.html")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_both_backgrounds(page, browser, language, scheme):
    colours(browser, scheme)
    browser = page(f"{language}/{LSTM}.html")
    assert browser.execute_script("return document.documentElement.dataset.theme") == scheme
    contrast = """
      const light = (css) => {
        const [r, g, b] = css.match(/[\\d.]+/g).map((v) => v / 255)
          .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const text = light(getComputedStyle(document.querySelector('article p:not(.lesson-facts)')).color);
      const ground = light(getComputedStyle(document.body).backgroundColor);
      return [(Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05), ground];
    """
    ratio, ground = browser.execute_script(contrast)
    assert ratio > 7
    assert (ground < 0.1) == (scheme == "dark")
    boxes = """
      return [...document.querySelectorAll('article img')].map((image) => getComputedStyle(image))
        .filter((style) => style.filter !== 'none' || !/, 0[)]$/.test(style.backgroundColor)).length
    """
    assert browser.execute_script(boxes) == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [p for p in PAGES if p.startswith("solutions/")])
def test_a_solution_is_hidden_until_it_is_opened(page, language, name):
    browser = page(f"{language}/{name}.html")
    shown = "return document.querySelector('details.above-input pre').checkVisibility()"
    assert not browser.execute_script(shown)
    browser.execute_script("document.querySelector('details.above-input summary').click()")
    assert browser.execute_script(shown)


ACCEPTS = [("zh-CN,zh,en", "zh"), ("de,en,zh", "en"), ("fr", "en")]


def accept_languages(browser: WebDriver, accepts: str) -> None:
    agent = browser.execute_script("return navigator.userAgent")
    browser.execute_cdp_cmd(
        "Network.setUserAgentOverride", {"userAgent": agent, "acceptLanguage": accepts}
    )


@pytest.mark.parametrize(("accepts", "language"), ACCEPTS)
def test_the_landing_page_asks_the_browser(page, browser, accepts, language):
    accept_languages(browser, accepts)
    page("index.html")
    arrive(browser, f"/{language}/index.html")
