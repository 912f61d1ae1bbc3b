"""The gradient laboratory (lesson 04): the browser's gradients are NumPy's, and it obeys its reader."""

import base64
import json
import re

import numpy as np
import pytest

from unrolled.book import make_gradients
from unrolled.book.make_gradients import BLOCKS, DATA, FIGURE, D, H, T, felt, weights

pytest.importorskip("selenium", reason="selenium is not installed")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.test_book_browser import NARROW, browser, html, page, size, wait  # noqa: F401
from tests.test_book_browser import pytestmark as needs_browser
from unrolled.languages import LANGUAGES

LESSON = "chapters/04_gradients"
WIDGET = '.widget[data-widget="gradient-laboratory"]'
NAMES = {"RNN": "rnn", "LSTM": "lstm", "GRU": "gru"}
LEFT = {"en": r"1 % left after (\d+) step", "zh": r"(\d+) 步之后只剩 1%"}


def in_browser(test):
    for mark in needs_browser:
        test = mark(test)
    return test


# --- What is committed ---------------------------------------------------------------------------


@pytest.mark.parametrize("file", [DATA, FIGURE], ids=lambda file: file.name)
def test_the_files_were_made_by_the_present_source(file):
    first = file.read_text("utf-8").partition("\n")[0]
    assert make_gradients.source_hash() in first, "run python -m unrolled.book.make_gradients"


def test_the_data_are_what_the_source_draws():
    data = json.loads(DATA.read_text("utf-8").partition(" = ")[2].rstrip(";\n"))
    drawn = make_gradients.draw()
    assert (data["D"], data["H"], data["T"]) == (D, H, T)

    def numbers(text):
        return np.frombuffer(base64.b64decode(text), np.int8)

    np.testing.assert_array_equal(numbers(data["inputs"]), drawn["inputs"].ravel())
    for kind in BLOCKS:
        for name in ("W_x", "W_h"):
            np.testing.assert_array_equal(numbers(data[kind][name]), drawn[kind][name].ravel())
        np.testing.assert_allclose(data[kind]["radii"], make_gradients.radii(drawn[kind]["W_h"]))


@pytest.mark.parametrize("kind", BLOCKS)
def test_the_weights_have_the_spectral_radius_that_the_slider_says(kind):
    for start in ("random", "orthogonal"):
        for W in weights(kind, start, 1.3)[1].reshape(-1, H, H):
            assert np.abs(np.linalg.eigvals(W)).max() == pytest.approx(1.3)
    np.testing.assert_allclose(W @ W.T, 1.3**2 * np.eye(H), atol=1e-12)  # the last: orthogonal


def test_what_the_lesson_says_of_the_static_figure():
    one_percent = {
        kind: int(np.argmax(felt(kind, "random", 0.6, 0, 1, 100) < 0.01)) for kind in BLOCKS
    }
    assert one_percent == {"rnn": 8, "lstm": 9, "gru": 9}
    last = {kind: felt(kind, "random", 0.6, 3, 1, 100)[-1] for kind in BLOCKS}
    assert round(100 * last["lstm"]) == 49
    assert round(100 * last["gru"]) == 1
    ends = [np.log10(felt(kind, "random", 0.6, 0, 1, 100)[-1]) for kind in BLOCKS]
    assert -26 < min(ends) < max(ends) < -20


def test_what_the_lesson_answers_to_its_own_questions():
    def arrives(kind, start, radius, bias=0.0, scale=1.0):
        return felt(kind, start, radius, bias, scale, 100)[-1]

    assert round(100 * arrives("lstm", "random", 0.6, 2.0)) == 10
    assert arrives("lstm", "random", 0.6, 1.5) < 0.01
    assert round(100 * arrives("gru", "random", 0.6, 3.0)) == 1
    assert arrives("gru", "random", 0.6, 2.5) < 0.01 < arrives("gru", "random", 0.6, 3.0)
    assert arrives("rnn", "orthogonal", 1.0) < 1e-4
    assert 0.5 < arrives("rnn", "orthogonal", 1.3) < 2
    assert arrives("rnn", "orthogonal", 1.3, scale=2.0) < 1e-3
    for radius in (0.6, 1.0):  # without inputs the rule holds, up to the direction
        assert 0.5 < arrives("rnn", "orthogonal", radius, scale=0.0) / radius**100 < 2


# --- In the browser ------------------------------------------------------------------------------

SETTINGS = [  # where a gradient explodes, so do rounding errors: there, fewer steps
    ("random", 0.6, 0.0, 1.0, 200),
    ("random", 0.6, 3.0, 1.0, 200),
    ("random", 0.1, -2.0, 2.0, 60),
    ("random", 2.3, 3.0, 1.0, 20),
    ("orthogonal", 1.0, 1.0, 0.1, 100),
    ("orthogonal", 1.25, 0.0, 1.0, 100),
    ("orthogonal", 4.0, 5.0, 1.0, 15),
    ("orthogonal", 0.9, 1.0, 0.0, 10),
]


@in_browser
def test_the_browser_computes_what_numpy_computes(page):  # noqa: F811
    driver = page(f"en/{LESSON}.html")
    script = """return arguments[0].map(([kind, [start, radius, bias, inputScale, T]]) =>
      Unrolled.gradientLaboratory.felt(kind, { start, radius, bias, inputScale, T }))"""
    asked = [[kind, setting] for setting in SETTINGS for kind in BLOCKS]
    for (kind, setting), there in zip(asked, driver.execute_script(script, asked), strict=True):
        here = felt(kind, *setting)
        np.testing.assert_allclose(there, here, rtol=1e-9, err_msg=f"{kind} {setting}")
    rule = driver.execute_script("return Unrolled.gradientLaboratory.rule(0.9, 50)")
    np.testing.assert_allclose(rule, 0.9 ** np.arange(51))


def results(driver):
    """Return what is said of each line, by its name."""
    wait(driver, f"return document.querySelector('{WIDGET} dd')?.textContent")
    return dict(
        driver.execute_script(
            f"return [...document.querySelectorAll('{WIDGET} .gradient-results > div')]"
            ".map((row) => [row.children[0].textContent, row.children[1].textContent])"
        )
    )


def slider(driver, k):
    return driver.find_elements(By.CSS_SELECTOR, f"{WIDGET} input[type=range]")[k]


def settle(driver):
    driver.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))"
    )


@in_browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_alone_reaches_everything(page, language):  # noqa: F811
    driver = page(f"{language}/{LESSON}.html")
    said = results(driver)
    assert [re.search(LEFT[language], said[name])[1] for name in NAMES] == ["8", "9", "9"]
    assert re.search(LEFT[language], said["ρᵏ"])[1] == str(
        int(np.argmax(0.6 ** np.arange(50) < 0.01))
    )

    slider(driver, 1).send_keys(Keys.ARROW_RIGHT * 2)  # the gate bias: 0.5, 1
    settle(driver)
    said = results(driver)
    for name, kind in NAMES.items():
        expected = int(np.argmax(felt(kind, "random", 0.6, 1.0, 1.0, 100) < 0.01))
        assert re.search(LEFT[language], said[name])[1] == str(expected)

    slider(driver, 2).send_keys(Keys.HOME)  # the length: 10 steps, of which 8 are enough
    settle(driver)
    said = results(driver)
    assert re.search(LEFT[language], said["RNN"])[1] == "8"
    share = round(100 * felt("lstm", "random", 0.6, 1.0, 1.0, 10)[-1])
    assert f"{share}{' %' if language == 'en' else '%'}" in said["LSTM"]

    slider(driver, 0).send_keys(Keys.ARROW_RIGHT)  # the spectral radius: 0.65
    slider(driver, 3).send_keys(Keys.HOME)  # inputs of 0
    random = driver.find_element(By.CSS_SELECTOR, f"{WIDGET} input[value=random]")
    random.send_keys(Keys.ARROW_RIGHT)  # orthogonal
    driver.find_element(By.CSS_SELECTOR, f"{WIDGET} input[value=logarithmic]").send_keys(
        Keys.ARROW_RIGHT
    )
    settle(driver)
    said = results(driver)
    line = felt("gru", "orthogonal", 0.65, 1.0, 0.0, 10)
    assert str(round(100 * line[-1])) in said["GRU"]
    ticks = driver.execute_script(
        f"return [...document.querySelectorAll('{WIDGET} .tick')].map((tick) => tick.textContent)"
    )
    assert "0.5" in ticks or "0.2" in ticks  # a linear axis
    # What is read out says the same, once the controls rest.
    wait(driver, f"return document.querySelector('{WIDGET} [aria-live]').textContent"
                 f".includes({json.dumps(said['GRU'])})")  # fmt: skip
    assert [e["message"] for e in driver.get_log("browser") if e["level"] == "SEVERE"] == []


@in_browser
def test_the_buttons_set_up_the_lessons_own_experiments(page):  # noqa: F811
    driver = page(f"en/{LESSON}.html")
    buttons = driver.find_elements(By.CSS_SELECTOR, f"{WIDGET} .widget-button")
    found = []
    for button in buttons:
        button.send_keys(Keys.ENTER)
        settle(driver)
        found.append(results(driver))
    start, opened, large, quiet = found
    assert all("left after" in start[name] for name in NAMES)
    assert opened["RNN"] == start["RNN"]
    assert "49 % left after 100 steps" in opened["LSTM"]
    assert "⁶-fold after 100 steps" in large["RNN"]  # ten million times in the lesson's five
    assert "43 % left after 100 steps" in quiet["RNN"]  # two fifths, says the lesson


@in_browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_a_phone_and_a_finger(page, browser, language):  # noqa: F811
    size(browser, NARROW)
    driver = page(f"{language}/{LESSON}.html")
    results(driver)
    beyond = f"""return [...document.querySelectorAll('{WIDGET} *')]
      .filter((e) => e.getBoundingClientRect().right > innerWidth).map((e) => e.outerHTML)"""
    assert driver.execute_script(beyond) == []
    heights = driver.execute_script(
        f"return [...document.querySelectorAll('{WIDGET} :is(.widget-slider, label, button)')]"
        ".filter((e) => !e.closest('.widget-slider') || e.matches('.widget-slider'))"
        ".map((e) => e.getBoundingClientRect().height)"
    )
    assert len(heights) == 4 + 4 + 4  # sliders, two choices of two, buttons
    assert min(heights) >= 43.9
    reserved = driver.execute_script(
        f"const widget = document.querySelector('{WIDGET}');"
        "return [widget.offsetHeight, parseFloat(getComputedStyle(widget).minHeight)]"
    )
    assert abs(reserved[0] - reserved[1]) < 60  # what stands below moves little or not at all


@in_browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_a_figure_says_it(page, browser, html, language):  # noqa: F811
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get("about:blank")
        browser.get(f"{html.as_uri()}/{language}/{LESSON}.html")
        static = browser.find_element(By.CSS_SELECTOR, f"{WIDGET} .widget-static")
        image = static.find_element(By.TAG_NAME, "img")
        assert image.is_displayed()
        assert int(image.get_property("naturalWidth")) > 0
        assert len(image.get_attribute("alt")) > 60
        assert "49" in static.text
        assert browser.find_elements(By.CSS_SELECTOR, ".widget-live") == []
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
