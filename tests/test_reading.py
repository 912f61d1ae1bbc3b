"""Reading in a browser, from a folder: search, marks, shortcuts, links, menus, paper."""

import base64
from urllib.parse import quote

import pytest

from tests.test_book import OTHER, PAGES, html  # noqa: F401
from unrolled.languages import LANGUAGES

pytest.importorskip("selenium", reason="selenium is not installed")
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser import NARROW, WIDE, arrive, colours, size, wait
from tests.test_book_browser import browser, page, pytestmark  # noqa: F401

LSTM = "chapters/05_lstm"


# --- Search ---------------------------------------------------------------------------------------


def found(page, language: str, query: str) -> list[str]:  # noqa: F811
    """Search and return the pages found, the best first."""
    browser = page(f"{language}/search.html?q={quote(query)}")  # noqa: F811
    wait(browser, "return document.querySelector('.search-summary').textContent")
    links = (
        "return [...document.querySelectorAll('#search-results > li > a')].map((a) => a.pathname)"
    )
    return [path.partition(f"/{language}/")[2][:-5] for path in browser.execute_script(links)]


@pytest.mark.parametrize(("language", "query", "lesson"), [
    ("zh", "梯度消失", "04_gradients"),
    ("zh", "梯度消失与梯度爆炸", "04_gradients"),
    ("zh", "隐状态", "02_rnn"),
    ("zh", "长短期记忆", "05_lstm"),
    ("zh", "遗忘门的梯度", "05_lstm"),
    ("zh", "LSTM的门", "05_lstm"),
    ("zh", "截断", "03_bptt"),
    ("zh", "forget gate", "05_lstm"),
    ("zh", "vanishing gradients", "04_gradients"),
    ("en", "vanishing gradients", "04_gradients"),
    ("en", "exploded gradient", "04_gradients"),
    ("en", "forget gate", "05_lstm"),
    ("en", "FORGET-GATE", "05_lstm"),
    ("en", "hidden sta", "02_rnn"),
    ("en", "perplex", "11_text_and_time"),
    ("en", "nn.LSTM", "09_pytorch"),
])  # fmt: skip
def test_search_finds_the_lesson_first(page, language, query, lesson):  # noqa: F811
    pages = [name.rpartition("/")[2] for name in found(page, language, query)]
    explained = [name for name in pages if name not in ("glossary", "notation")]
    assert lesson in explained[:2]
    later = {f"{lesson}_exercises", f"{lesson}_solutions"}
    assert not later & set(pages[: pages.index(lesson)])


@pytest.mark.parametrize(("language", "query"), [
    ("zh", "天气预报员"), ("zh", "zeppelin"), ("en", "zeppelin"), ("en", "forget zeppelin"),
])  # fmt: skip
def test_search_finds_nothing_where_there_is_nothing(page, language, query):  # noqa: F811
    assert found(page, language, query) == []
    said = {"en": "No page has this.", "zh": "没有找到。"}[language]
    assert page(f"{language}/search.html?q={quote(query)}").execute_script(
        "return document.querySelector('.search-summary').textContent"
    ) == said  # fmt: skip


@pytest.mark.parametrize(("language", "query"), [("en", "forget gate"), ("zh", "遗忘门")])
def test_a_result_shows_the_words_and_leads_to_their_section(page, language, query):  # noqa: F811
    assert found(page, language, query)
    browser = page(f"{language}/search.html?q={quote(query)}")  # noqa: F811
    marks = (
        "return [...document.querySelectorAll('#search-results p mark')].map((m) => m.textContent)"
    )
    assert query in {mark.lower() for mark in browser.execute_script(marks)}
    link = "#search-results p a[href*='05_lstm.html#']"
    target = browser.execute_script(f'return document.querySelector("{link}").hash.slice(1)')
    browser.execute_script(f'document.querySelector("{link}").click()')
    wait(browser, "return document.querySelector('article span.highlighted')")
    assert browser.execute_script("return document.getElementById(arguments[0]) !== null", target)


def test_typing_searches_at_once(page):  # noqa: F811
    browser = page("en/search.html")  # noqa: F811
    ActionChains(browser).send_keys("forget ga").perform()
    wait(browser, "return document.querySelector('#search-results a[href*=\"05_lstm\"]')")
    assert browser.current_url.endswith("?q=forget%20ga")


# --- Marks ----------------------------------------------------------------------------------------


def ticks(browser) -> list[str]:  # noqa: F811
    return browser.execute_script(
        "return [...document.querySelectorAll('.bd-docs-nav a')]"
        ".filter((a) => a.querySelector('.tick')).map((a) => a.href.split('/').at(-1))"
    )


def test_a_lesson_read_to_its_end_is_marked_in_both_languages(page):  # noqa: F811
    browser = page(f"en/{LSTM}.html")  # noqa: F811
    assert ticks(browser) == []
    browser.execute_script("document.querySelector('.lesson-end').scrollIntoView()")
    wait(browser, "return document.querySelector('.lesson-end button[aria-pressed=true]')")
    assert len(ticks(browser)) == 1
    browser = page_again(browser, "zh/index.html")
    assert ticks(browser) == ["05_lstm.html"]
    text = "return document.querySelector('.reading-marks').textContent"
    lessons = len([p for p in PAGES if p[:9] == "chapters/" and p[9:11].isdigit()
                   and not p.endswith("_exercises")])  # fmt: skip
    assert f"已读 1 / {lessons} 课" in browser.execute_script(text)
    listed = "return document.querySelector('#lessons li a .tick')?.parentElement.href"
    assert browser.execute_script(listed).endswith("zh/chapters/05_lstm.html")


def page_again(browser, address: str):  # noqa: F811
    """Open another page of the same book; what is remembered stays."""
    root = browser.current_url.partition("/html/")[0] + "/html/"
    browser.get(root + address)
    wait(browser, "return document.readyState === 'complete'")
    return browser


def test_a_mark_can_be_taken_back_and_stays_away(page):  # noqa: F811
    browser = page(f"en/{LSTM}.html")  # noqa: F811
    browser.execute_script("document.querySelector('.lesson-end').scrollIntoView()")
    wait(browser, "return document.querySelector('.lesson-end button[aria-pressed=true]')")
    browser.execute_script("document.querySelector('.lesson-end button').click()")
    assert ticks(browser) == []
    browser = page_again(browser, f"en/{LSTM}.html")
    browser.execute_script("document.querySelector('.lesson-end').scrollIntoView()")
    browser.execute_async_script("setTimeout(arguments[0], 300)")
    assert ticks(browser) == []


def test_questions_answered_are_counted_and_all_marks_can_be_cleared(page):  # noqa: F811
    browser = page(f"en/{LSTM}.html")  # noqa: F811
    text = "return document.querySelector('.lesson-end').textContent"
    total = browser.execute_script("return document.querySelectorAll('[data-question]').length")
    assert total > 0
    assert f"0 of {total} questions answered" in browser.execute_script(text)
    browser.execute_script(
        "const asked = document.querySelector('[data-question]').dataset;"
        "localStorage.setItem(`unrolled-question-${asked.page}-${asked.question}`, 'true');"
        "document.dispatchEvent(new Event('unrolled:answered'))"
    )
    assert f"1 of {total} questions answered" in browser.execute_script(text)
    browser = page_again(browser, "en/index.html")
    summary = "return document.querySelector('.reading-marks')"
    assert "1 of" in browser.execute_script(f"{summary}.textContent")
    browser.execute_script(
        "window.confirm = () => true; document.querySelector('.reading-marks button').click()"
    )
    assert browser.execute_script(f"{summary}.hidden")
    kept = "return Object.keys(localStorage).filter((k) => /^unrolled-(read|question)/.test(k))"
    assert browser.execute_script(kept) == []


# --- Shortcuts ------------------------------------------------------------------------------------


def press(browser, *keys: str) -> None:  # noqa: F811
    ActionChains(browser).send_keys(*keys).perform()


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_turn_pages_and_change_language(page, language):  # noqa: F811
    browser = page(f"{language}/{LSTM}.html")  # noqa: F811
    press(browser, Keys.ARROW_RIGHT)
    arrive(browser, "05_lstm_exercises.html")
    press(browser, "p")
    arrive(browser, "05_lstm.html")
    press(browser, "l")
    arrive(browser, f"/{OTHER[language]}/{LSTM}.html")


def test_keys_change_colours_open_search_and_tell(page):  # noqa: F811
    browser = page(f"en/{LSTM}.html")  # noqa: F811
    theme = "return document.documentElement.dataset.theme"
    assert browser.execute_script(theme) == "light"
    press(browser, "d")
    assert browser.execute_script(theme) == "dark"
    press(browser, "?")
    assert browser.execute_script("return document.querySelector('#shortcuts').open")
    press(browser, "d", Keys.ESCAPE)
    assert not browser.execute_script("return document.querySelector('#shortcuts').open")
    assert browser.execute_script(theme) == "dark"  # under the dialog no key did anything
    press(browser, "/")
    wait(browser, "return document.querySelector('#pst-search-dialog').open")
    press(browser, "l/n")
    field = "return document.querySelector('#pst-search-dialog input').value"
    assert browser.execute_script(field) == "l/n"
    press(browser, Keys.ENTER)
    arrive(browser, "/en/search.html")


def test_keys_do_nothing_in_fields_and_widgets_with_modifiers_or_once_off(page):  # noqa: F811
    browser = page(f"en/{LSTM}.html")  # noqa: F811
    address, theme = browser.current_url, "return document.documentElement.dataset.theme"
    focus = "document.querySelector(arguments[0]).focus()"
    browser.execute_script(focus, ".question button, .question input")
    press(browser, "d", Keys.ARROW_RIGHT)
    browser.execute_script(focus, ".widget input, .widget button")
    press(browser, "d", Keys.ARROW_RIGHT)
    browser.execute_script("document.activeElement.blur()")
    ActionChains(browser).key_down(Keys.ALT).send_keys("d").key_up(Keys.ALT).perform()
    press(browser, "?")
    browser.execute_script("document.querySelector('#shortcuts input').click()")
    press(browser, Keys.ESCAPE, "d", "n")
    browser.execute_async_script("setTimeout(arguments[0], 300)")
    assert browser.execute_script(theme) == "light"
    assert browser.current_url == address


# --- Links, menus, phone --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switcher_keeps_the_formula(page, language):  # noqa: F811
    browser = page(f"{language}/{LSTM}.html")  # noqa: F811
    ids = "return [...document.querySelectorAll('div.math[id^=equation-]')].map((m) => m.id)"
    formulas = browser.execute_script(ids)
    assert formulas
    browser = page(f"{language}/{LSTM}.html#{formulas[-1]}")
    browser.execute_script("document.querySelector('a.language-switch').click()")
    arrive(browser, f"/{OTHER[language]}/{LSTM}.html")
    assert browser.current_url.endswith(f"/{OTHER[language]}/{LSTM}.html#{formulas[-1]}")
    wait(browser, f"const t = document.getElementById('{formulas[-1]}').getBoundingClientRect().top;"
                  "return t > -5 && t < 200")  # fmt: skip


@pytest.mark.parametrize("selector", ["h2", "div.math[id^=equation-]"])
def test_a_sign_beside_a_heading_and_a_formula_has_its_address(page, browser, selector):  # noqa: F811
    page(f"zh/{LSTM}.html")
    box = browser.find_element("css selector", f"article {selector}")
    sign = box.find_element("css selector", "a.headerlink")
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", box)
    ActionChains(browser).move_to_element(box).perform()
    style = "const s = getComputedStyle(arguments[0]); return s.visibility + s.opacity"
    browser.execute_async_script("setTimeout(arguments[0], 400)")
    assert browser.execute_script(style, sign) == "visible1"
    assert browser.execute_script(
        "return document.getElementById(arguments[0].hash.slice(1)) !== null", sign
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("window", [WIDE, NARROW])
def test_the_bar_and_its_menu_fit(page, browser, language, window):  # noqa: F811
    size(browser, window)
    page(f"{language}/{LSTM}.html")
    boxes = """
      return [...document.querySelectorAll('.bd-header-article :is(button, a, summary)')]
        .filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect())
        .map(({ left, right, top }) => [left, right, top])
    """
    bar = browser.execute_script(boxes)
    assert len(bar) >= 4
    assert all(left >= 0 and right <= window[0] for left, right, _ in bar)
    assert max(top for _, _, top in bar) - min(top for _, _, top in bar) < 20  # in one line
    browser.find_element("css selector", ".notebook-menu summary").click()
    inside = "const b = document.querySelector('.notebook-menu > div').getBoundingClientRect();"
    left, right = browser.execute_script(f"{inside} return [b.left, b.right]")
    assert left >= 0
    assert right <= window[0]
    press(browser, Keys.ESCAPE)
    assert not browser.execute_script("return document.querySelector('.notebook-menu').open")


@pytest.mark.parametrize(("language", "said"), [("en", "Copy"), ("zh", "复制")])
def test_code_can_be_copied(page, language, said):  # noqa: F811
    browser = page(f"{language}/{LSTM}.html")  # noqa: F811
    buttons = (
        "return [...document.querySelectorAll('button.copybtn')].map((b) => b.dataset.tooltip)"
    )
    assert set(browser.execute_script(buttons)) == {said}


# --- Paper ----------------------------------------------------------------------------------------


def test_paper_has_the_text_only_black_on_white(page, browser):  # noqa: F811
    colours(browser, "dark")
    page(f"zh/{LSTM}.html")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = """
      return [".bd-header-article", ".bd-sidebar-primary", ".bd-sidebar-secondary", ".copybtn",
        ".prev-next-footer", ".lesson-end", "#jb-print-docs-body", ".bd-footer-content"]
        .filter((s) => [...document.querySelectorAll(s)].some((e) => e.checkVisibility()))
    """
    assert browser.execute_script(shown) == []
    colour = (
        "const s = getComputedStyle(document.querySelector(arguments[0])); return s[arguments[1]]"
    )
    assert (
        browser.execute_script(colour, "article section > p:not([class])", "color")
        == "rgb(0, 0, 0)"
    )
    assert browser.execute_script(colour, "body", "backgroundColor") == "rgb(255, 255, 255)"
    widget = ".widget .widget-static"
    assert browser.execute_script(f"return document.querySelector('{widget}').checkVisibility()")
    pdf = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})["data"]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert len(base64.b64decode(pdf)) > 50_000


def test_folded_solutions_stay_folded_on_paper(page, browser):  # noqa: F811
    page("en/solutions/05_lstm_solutions.html")
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    unfolded = "return document.querySelectorAll('article details.hide[open]').length"
    assert browser.execute_script(unfolded) == 0
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
