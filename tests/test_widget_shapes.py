"""The shapes drill (lesson 02): every answer that it calls right is what NumPy computes."""

import re
from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("selenium", reason="selenium is not installed")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.test_book_browser import NARROW, browser, html, page, pytestmark, size  # noqa: F401
from unrolled.languages import LANGUAGES
from unrolled.networks import rnn_backward, rnn_forward

LESSON = "chapters/02_rnn"
WIDGET = '.widget[data-widget="shapes-drill"]'
HAN = re.compile(r"[\u4e00-\u9fff]")
DRAWS = 30  # of each question

# Every question many times, with a generator of its own so that a failure comes back.
DRAW = """
  let state = 1;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const { questions, draw } = Unrolled.shapesDrill;
  return questions.flatMap((question) => Array.from({ length: arguments[0] }, () => (
    { code: question.code, what: question.what, wrong: question.wrong.length, ...draw(question, random) })));
"""


@pytest.fixture(scope="module")
def drawn(browser, html):  # noqa: F811
    browser.get(f"{html.as_uri()}/en/{LESSON}.html")
    return browser.execute_script(DRAW, DRAWS)


def arrays(sizes):
    """Return the lesson's arrays, really computed, under the lesson's names."""
    N, T, D, H, C = (sizes[letter] for letter in "NTDHC")
    rng = np.random.default_rng(0)
    x, h0 = rng.standard_normal((N, T, D)), rng.standard_normal((N, H))
    W_x, W_h, b = rng.standard_normal((H, D)), rng.standard_normal((H, H)), rng.standard_normal(H)
    W_y, b_y = rng.standard_normal((C, H)), rng.standard_normal(C)
    hs = rnn_forward(x, h0, W_x, W_h, b)
    y = hs @ W_y.T + b_y
    dW_h = rnn_backward(hs, x, h0, hs, W_x, W_h)[3]
    return {"x": x, "h": hs[:, 0], "hs": hs, "W_x": W_x, "W_h": W_h, "b": b, "W_y": W_y,
            "b_y": b_y, "y": y, "dW_h": dW_h, "t": 0}  # fmt: skip


def shape(code, sizes):
    """Return the shape as Python writes it, or None where the line does not run."""
    try:
        return str(eval(code, arrays(sizes)).shape)
    except ValueError:
        return None


def from_letters(letters, sizes):
    parts = letters.strip("(),").split(", ")
    return str(
        tuple(sum(sizes.get(a) or int(a) for a in re.findall(r"\w+", part)) for part in parts)
    )


def test_every_answer_called_right_is_right(drawn):
    assert len(drawn) >= 500
    assert len({one["code"] for one in drawn}) == len(drawn) / DRAWS
    for one in drawn:
        sizes, answers = one["sizes"], one["answers"]
        assert sorted(sizes) == sorted("NTDHC")
        assert len(set(sizes.values())) == 5
        assert min(sizes.values()) > 1
        (right,) = (answer for answer in answers if answer["right"])
        assert right["shape"] == shape(one["code"], sizes), one["code"]
        assert len({answer["shape"] for answer in answers}) == 4
        for answer in answers:
            if answer["shape"] is None:
                assert answer["letters"] is None
            else:
                assert from_letters(answer["letters"], sizes) == answer["shape"]


def test_every_answer_is_explained_in_both_languages(drawn):
    reasons = {}
    for one in drawn:
        assert not HAN.search(one["what"]["en"])
        assert HAN.search(one["what"]["zh"])
        for answer in one["answers"]:
            why = answer["why"]
            assert why["en"].endswith((".", "?")), why
            assert not HAN.search(why["en"])
            assert why["zh"].endswith(("。", "？")), why
            assert HAN.search(why["zh"])
            reasons.setdefault((one["code"], one["wrong"]), {})[answer["letters"]] = why["en"]
    for (code, wrong), by_answer in reasons.items():
        assert len(by_answer) == 1 + wrong, f"{code}: an answer never occurs"
        assert len(set(by_answer.values())) == 1 + wrong, f"{code}: two answers, one reason"


def test_the_right_answers_come_in_every_place(drawn):
    places = [[answer["right"] for answer in one["answers"]].index(True) for one in drawn]
    assert np.bincount(places, minlength=4).min() > len(drawn) / 6


# --- On the page ---------------------------------------------------------------------------------


def text(driver, selector):
    return driver.execute_script(
        f"return document.querySelector('{WIDGET} {selector}').textContent"
    )


def read(driver):
    """Return which of the four answers NumPy says is right."""
    sizes = {
        letter: int(number)
        for letter, number in re.findall(r"([NTDHC])\s=\s(\d)", text(driver, ".drill-sizes"))
    }
    shown = driver.execute_script(
        f"return [...document.querySelectorAll('{WIDGET} .drill-answer')]"
        ".map((answer) => answer.querySelector('code')?.textContent ?? null)"
    )
    return shown.index(shape(text(driver, ".drill-question code"), sizes))


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_answer_and_go_on_and_the_first_choice_counts(page, language):  # noqa: F811
    driver = page(f"{language}/{LESSON}.html")
    driver.find_element(By.CSS_SELECTOR, f"{WIDGET} .drill-answer").send_keys("")  # the focus
    correct = 0
    for asked in (1, 2, 3):
        right = read(driver)
        choice = (right + 1) % 4 if asked == 2 else right
        correct += choice == right
        driver.switch_to.active_element.send_keys(str(choice + 1))
        marked = driver.execute_script(
            f"return [...document.querySelectorAll('{WIDGET} .drill-answer')].map((answer) =>"
            " [answer.classList.contains('is-right'), answer.classList.contains('is-wrong')])"
        )
        assert marked == [[j == right, j == choice != right] for j in range(4)]
        said = text(driver, ".drill-why")
        verdict = {"en": ("No. ", "Right. "), "zh": ("不对。", "对。")}[language][choice == right]
        assert said.startswith(verdict)
        assert bool(HAN.search(said)) == (language == "zh")
        driver.switch_to.active_element.send_keys(str(right + 1))  # looked at, not counted
        assert text(driver, ".drill-score") == {
            "en": f"{correct} of {asked} right", "zh": f"{asked} 题中对了 {correct} 题",
        }[language]  # fmt: skip
        driver.switch_to.active_element.send_keys(Keys.ENTER)  # "another one" has the focus
        assert text(driver, ".drill-why") == ""
    assert [e["message"] for e in driver.get_log("browser") if e["level"] == "SEVERE"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_a_phone_and_a_finger(page, browser, language):  # noqa: F811
    size(browser, NARROW)
    driver = page(f"{language}/{LESSON}.html")
    seen = driver.execute_script(f"""
      const root = document.querySelector('{WIDGET}');
      const [answers, another] = ['.drill-answer', '.drill-next button'].map((s) => root.querySelectorAll(s));
      return Array.from({{ length: 37 }}, () => {{
        answers[0].click();
        const seen = {{
          question: root.querySelector('.drill-question code').textContent,
          lowest: Math.min(...[...answers, ...another].map((e) => e.getBoundingClientRect().height)),
          beyond: [...root.querySelectorAll('*')]
            .filter((e) => e.getBoundingClientRect().right > innerWidth).map((e) => e.outerHTML),
        }};
        another[0].click();
        return seen;
      }})""")
    assert min(one["lowest"] for one in seen) >= 43.9
    assert [one["beyond"] for one in seen if one["beyond"]] == []
    questions = [one["question"] for one in seen]
    assert sorted(questions[:18]) == sorted(questions[18:36])  # all, before one comes again
    assert len(set(questions[:18])) == 18
    assert all(one != another for one, another in pairwise(questions))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_a_table_says_it(page, browser, html, drawn, language):  # noqa: F811
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get("about:blank")
        browser.get(f"{html.as_uri()}/{language}/{LESSON}.html")
        assert browser.find_elements(By.CSS_SELECTOR, ".widget-live") == []
        table = browser.find_element(By.CSS_SELECTOR, f"{WIDGET} table")
        assert table.is_displayed()
        listed = {}
        for row in table.find_elements(By.CSS_SELECTOR, "tbody tr"):
            letters, names = row.find_elements(By.TAG_NAME, "td")
            for code in names.find_elements(By.TAG_NAME, "code"):
                listed[code.text] = letters.text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    for one in drawn:
        (right,) = (answer for answer in one["answers"] if answer["right"])
        wanted = right["letters"] or {"en": "does not run", "zh": "不能运行"}[language]
        assert listed[one["code"]] == wanted
    assert set(listed) == {one["code"] for one in drawn}
