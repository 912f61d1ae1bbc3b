"""A question under a reader's fingers: chosen, remembered, printed, without JavaScript."""

import json

import pytest

from tests.test_book import html  # noqa: F401
from tests.test_book_browser import (  # noqa: F401
    NARROW,
    browser,
    colours,
    page,
    pytestmark,
    size,
    wait,
)
from unrolled.languages import LANGUAGES

pytest.importorskip("selenium", reason="selenium is not installed")
from selenium.webdriver.common.keys import Keys

LSTM = "chapters/05_lstm"
FIRST = "document.querySelector('.question')"
ANSWERS = f"[...{FIRST}.querySelectorAll(':scope > ol > li')]"
RIGHT = f"[...{FIRST}.querySelectorAll('.question-key > ol > li')]"
RIGHT += ".findIndex((item) => item.classList.contains('is-right'))"


def said(b) -> list[str]:
    return b.execute_script(f"return {ANSWERS}.map((i) => i.children[1].innerText.trim())")


def choose(b, k: int) -> None:
    b.execute_script(f"{ANSWERS}[arguments[0]].querySelector('button').click()", k)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_answer_is_explained_and_another_may_follow(page, language):  # noqa: F811
    b = page(f"{language}/{LSTM}.html")
    right = b.execute_script(f"return {RIGHT}")
    words = {"en": ("Not so.", "Right.", "✓ answered"), "zh": ("不对。", "对。", "✓ 已答对")}[
        language
    ]
    assert said(b) == [""] * 4
    wrong = (right + 1) % 4
    choose(b, wrong)
    assert said(b)[wrong].startswith(words[0])
    assert [k for k, text in enumerate(said(b)) if text] == [wrong]
    assert not b.execute_script(f"return {FIRST}.classList.contains('is-answered')")
    choose(b, right)
    assert said(b)[right].startswith(words[1])
    assert said(b)[wrong].startswith(words[0])
    mark = f"return getComputedStyle({FIRST}.querySelector('.question-mark'), '::before').content"
    label = b.execute_script(f"return {FIRST}.querySelector('.question-mark').innerText")
    assert json.loads(b.execute_script(mark)).strip() + " " + label == words[2]
    assert [e["message"] for e in b.get_log("browser") if e["level"] == "SEVERE"] == []


def test_only_the_right_answer_is_remembered_and_announced(page):  # noqa: F811
    b = page(f"en/{LSTM}.html")
    name = b.execute_script(f"return {FIRST}.dataset.question")
    right = b.execute_script(f"return {RIGHT}")
    key = f"unrolled-question-05_lstm-{name}"
    b.execute_script(
        "window.heard = [];"
        "document.addEventListener('unrolled:answered', (e) => window.heard.push(e.detail))"
    )
    choose(b, (right + 1) % 4)
    assert b.execute_script("return localStorage.getItem(arguments[0])", key) is None
    choose(b, right)
    assert b.execute_script("return localStorage.getItem(arguments[0])", key) == "true"
    choose(b, right)
    assert b.execute_script("return window.heard") == [{"page": "05_lstm", "question": name}]
    b.refresh()
    wait(b, f"return {FIRST}?.classList.contains('is-answered')")
    assert said(b) == [""] * 4  # to be answered again by whoever likes


def test_the_keyboard_is_enough(page):  # noqa: F811
    b = page(f"en/{LSTM}.html")
    b.execute_script(f"{ANSWERS}[0].querySelector('button').focus()")
    for key in (Keys.ENTER, Keys.TAB, Keys.SPACE):
        b.switch_to.active_element.send_keys(key)
    assert [bool(text) for text in said(b)] == [True, True, False, False]
    focus = b.execute_script(
        "const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]"
    )
    assert focus == ["solid", "3px"]
    live = b.execute_script(f"return {ANSWERS}.map((i) => i.children[1].ariaLive)")
    assert live == ["polite"] * 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_fingers_find_the_answers_on_a_phone(page, browser, language):  # noqa: F811
    size(browser, NARROW)
    b = page(f"{language}/{LSTM}.html")
    b.execute_script("document.querySelectorAll('.question button').forEach((x) => x.click())")
    heights = b.execute_script(
        "return [...document.querySelectorAll('.question button')].map((x) => x.offsetHeight)"
    )
    assert len(heights) > 12
    assert min(heights) >= 44
    assert b.execute_script("return document.documentElement.scrollWidth") <= NARROW[0]
    beyond = """
      return [...document.querySelectorAll('.question *')]
        .filter((e) => !e.closest('mjx-assistive-mml'))
        .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
        .map((e) => e.outerHTML.slice(0, 80))
    """
    assert b.execute_script(beyond) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_said_can_be_read(page, browser, scheme):  # noqa: F811
    colours(browser, scheme)
    b = page(f"en/{LSTM}.html")
    b.execute_script("document.querySelectorAll('.question button').forEach((x) => x.click())")
    contrasts = b.execute_script("""
      const light = (css) => {
        const [r, g, b] = css.match(/[\\d.]+/g).map((v) => v / 255)
          .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const ground = light(getComputedStyle(document.body).backgroundColor);
      const text = ['.question-label', '.question-mark', '.is-right strong', '.is-wrong strong'].map(
        (s) => ratio(light(getComputedStyle(document.querySelector('.question ' + s)).color), ground));
      const marks = ['.is-right', '.is-wrong'].map((s) => {
        const mark = getComputedStyle(document.querySelector(`.question > ol > ${s} > button`), '::before');
        return ratio(light(mark.color), light(mark.backgroundColor));
      });
      return [...text, ...marks];
    """)  # fmt: skip
    assert min(contrasts) >= 4.5


def without_scripts(b, address: str) -> None:
    b.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        b.get("about:blank")
        b.get(address)
    finally:
        b.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_there_is_a_key(page, browser, language):  # noqa: F811
    without_scripts(browser, page(f"{language}/{LSTM}.html").current_url)
    state = browser.execute_script(f"""
      const key = {FIRST}.querySelector('.question-key');
      const shown = [key.checkVisibility(), key.open];
      key.querySelector('summary').click();
      return [...shown, key.open, key.querySelector('li').checkVisibility(),
              document.querySelectorAll('.question button').length,
              {ANSWERS}.every((item) => item.textContent.trim())];
    """)
    assert state == [True, False, True, True, 0, True]


def test_nothing_moves_when_the_script_has_run(page, browser):  # noqa: F811
    """The answers take the same room as a list and as buttons."""
    heights = f"return {ANSWERS}.map((item) => item.getBoundingClientRect().height)"
    live = page(f"en/{LSTM}.html").execute_script(heights)
    without_scripts(browser, browser.current_url)
    browser.execute_script("document.documentElement.dataset.mode = 'light'")
    assert not browser.execute_script(
        f"return {FIRST}.querySelector('.question-key').checkVisibility()"
    )
    # A formula that is not set yet is as high as text.
    assert browser.execute_script(heights) == pytest.approx(live, abs=2.5)


def test_on_paper_the_key_is_complete(page):  # noqa: F811
    b = page(f"en/{LSTM}.html")
    choose(b, 0)
    b.execute_script("dispatchEvent(new Event('beforeprint'))")
    key = f"{FIRST}.querySelector('.question-key')"
    items = f"[...{key}.querySelectorAll('li')].map((item) => item.innerText.trim() !== '')"
    assert b.execute_script(f"return [{key}.open, {items}]") == [True, [True] * 4]
    assert said(b) == [""] * 4
    b.execute_script("dispatchEvent(new Event('afterprint'))")
    assert [bool(text) for text in said(b)] == [True, False, False, False]
    assert not b.execute_script(f"return {key}.open")
