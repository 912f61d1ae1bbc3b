"""For those who use a page by keyboard, by ear, or on the way: focus, landmarks, formulas, no jumps."""

import pytest

pytest.importorskip("selenium", reason="selenium is not installed")
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser import NARROW, WIDE, colours, open_page, size, wait
from tests.test_book import article, html  # noqa: F401
from tests.test_book_browser import browser, page, pytestmark  # noqa: F401
from unrolled.languages import LANGUAGES

LSTM = "chapters/05_lstm"
HEAVY = [LSTM, "chapters/03_bptt", "chapters/09_pytorch"]  # most formulas, most figures

FOCUSED = """
  const e = document.activeElement;  // a summary may be nothing but the arrow inside
  const shown = e.offsetHeight ? e : e.firstElementChild ?? e;
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  return {
    name: e.outerHTML.slice(0, 90),
    body: e === document.body,
    marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none',
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_s_place_is_always_visible(page, browser, language, scheme):  # noqa: F811
    colours(browser, scheme)
    page(f"{language}/{LSTM}.html")
    unmarked, stops = [], 0
    for _ in range(90):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        at = browser.execute_script(FOCUSED)
        if at["body"]:
            break
        stops += 1
        if not (at["marked"] and at["seen"]):  # it may be on its way: the skip link slides in
            browser.execute_async_script("setTimeout(arguments[0], 500)")
            at = browser.execute_script(FOCUSED)
        if not (at["marked"] and at["seen"]):
            unmarked.append(at["name"])
    assert stops > 40
    assert unmarked == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_skip_link_leads_past_the_sidebar(page, browser, language):  # noqa: F811
    page(f"{language}/{LSTM}.html")
    ActionChains(browser).send_keys(Keys.TAB).perform()
    link = browser.switch_to.active_element
    words = {"en": "Skip to main content", "zh": "跳到正文"}[language]
    wait(browser, f"return document.activeElement.innerText === '{words}'")  # it slides in
    link.send_keys(Keys.ENTER)
    wait(browser, "return location.hash === '#main-content'")
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.execute_script("return document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_reader_hears_mathml_and_not_the_drawing(page, browser, language):  # noqa: F811
    """MathJax's menu is off; what it would have switched on is there all the same."""
    page(f"{language}/{LSTM}.html")
    hidden = browser.execute_script("""
      const spoken = [...document.querySelectorAll('mjx-assistive-mml')];
      const style = getComputedStyle(spoken[0]);
      return [spoken.length, spoken.every((s) => s.firstElementChild?.localName === 'math'),
        style.position, style.clip, style.visibility];
    """)
    assert hidden[0] > 100
    assert hidden[1:] == [True, "absolute", "rect(1px, 1px, 1px, 1px)", "visible"]
    tree = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert sum(role.lower() in ("math", "mathmlmath") for role in roles) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_landmarks_and_languages_are_marked(page, browser, language):  # noqa: F811
    page(f"{language}/{LSTM}.html")
    marks = browser.execute_script("""
      const count = (css) => [...document.querySelectorAll(css)].filter((e) => e.checkVisibility()).length;
      return [count('main'), count('[role=banner], body > header'), count('nav[aria-label]') > 0,
        document.documentElement.lang, document.querySelector('a.language-switch').lang];
    """)
    other = {"en": ["en", "zh-CN"], "zh": ["zh-CN", "en"]}
    assert marks == [1, 1, True, *other[language]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wide_formula_scrolls_by_keyboard_on_a_phone(page, browser, language):  # noqa: F811
    size(browser, NARROW)
    page(f"{language}/{LSTM}.html")
    wide = "[...document.querySelectorAll('mjx-container[display]')].filter((f) => f.scrollWidth > f.clientWidth)"
    wait(browser, f"return {wide}.length && {wide}.every((f) => f.tabIndex === 0)")
    size(browser, WIDE)
    wait(browser, "return [...document.querySelectorAll('mjx-container[display]')]"
                  ".every((f) => f.scrollWidth > f.clientWidth || !f.hasAttribute('tabindex'))")  # fmt: skip


WATCH = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts.push([entry.value,
      (entry.sources ?? []).map((s) => s.node?.nodeName + '.' + s.node?.className).join(', ')]);
  }).observe({ type: 'layout-shift', buffered: true });
"""


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", HEAVY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_moves_when_formulas_appear(page, browser, html, language, name, width):  # noqa: F811
    """All shifts added up, from the top and from a link to the middle; 0.1 is 'good' in Web Vitals.

    A browser that has had to wait may be tried again: what moves by itself moves every time.
    """
    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    size(browser, width)
    try:
        sections = article(html, language, name).select("section section")
        for start in ("", f"#{sections[len(sections) // 2]['id']}"):
            for _ in range(3):
                open_page(browser, f"{html.as_uri()}/{language}/{name}.html{start}")
                browser.execute_async_script("setTimeout(arguments[0], 300)")
                shifts = browser.execute_script("return window.shifts")
                if (total := sum(value for value, _ in shifts)) < 0.1:
                    break
            assert total < 0.1, (start, max(shifts))
            if start:
                top = browser.execute_script(
                    f"return document.getElementById('{start[1:]}').getBoundingClientRect().top"
                )
                assert -5 < top < 200
    finally:
        browser.execute_cdp_cmd(
            "Page.removeScriptToEvaluateOnNewDocument", {"identifier": script["identifier"]}
        )
