"""Draw a digit: the browser's numbers are PyTorch's, a drawing is made into what MNIST is, and the
page does what lesson 09 says."""

import base64

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed")
pytest.importorskip("selenium", reason="selenium is not installed")
import torch
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.test_book import html  # noqa: F401
from tests.test_book_browser import (  # noqa: F401
    NARROW,
    browser,
    page,
    pytestmark,
    size,
    wait,
)
from unrolled.book import make_digits, make_digits_figure
from unrolled.book.make_digits import LAYERS, load, pack_images, restore, shown, unpack_images
from unrolled.data import load_mnist
from unrolled.languages import LANGUAGES

LESSON = "chapters/09_pytorch"
STORED = load()
READERS = {kind: restore(STORED["networks"][kind], kind) for kind in LAYERS}
DIGITS = unpack_images(STORED["digits"]["pixels"])  # (40, 28, 28)
WIDGET = "Unrolled['draw-a-digit']"


@pytest.fixture(scope="module")
def functions(browser, html, tmp_path_factory):  # noqa: F811
    """A page with the widget's scripts and nothing else, to call what they define."""
    static = html.joinpath("en/_static/widgets").as_uri()
    scripts = ("core.js", "draw-a-digit.data.js", "draw-a-digit.js")
    bare = tmp_path_factory.mktemp("digit") / "bare.html"
    bare.write_text(
        '<!doctype html><html lang="en"><body>'
        + "".join(f'<script src="{static}/{script}"></script>' for script in scripts)
    )
    return bare.as_uri()


@pytest.fixture
def bare(browser, functions):  # noqa: F811
    browser.get(functions)
    return browser


@pytest.fixture
def open_widget(page, browser):  # noqa: F811
    """Return a function that opens the lesson without motion, and the widget on the screen."""

    def open_it(language="en", motion="reduce", scheme="light"):
        features = [
            {"name": "prefers-reduced-motion", "value": motion},
            {"name": "prefers-color-scheme", "value": scheme},
        ]
        page(f"{language}/{LESSON}.html")
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        wait(browser, "return document.querySelector('.widget-draw-a-digit .digit-bars rect')")
        browser.execute_script(
            "document.querySelector('.widget-draw-a-digit').scrollIntoView({ block: 'start' })"
        )
        return browser

    return open_it


def probabilities(kind, images):
    """(N, 28, 28) uint8 -> what PyTorch answers after each row, float32 (N, T, C)."""
    with torch.no_grad():
        return READERS[kind](torch.tensor(images).float() / 255).softmax(dim=2).numpy()


def a_hundred():
    """Digits of the test set; without MNIST those of the widget, and noise."""
    mnist = load_mnist()
    if mnist.source == "mnist":
        return mnist.test_images[np.random.default_rng(0).permutation(10_000)[:100]]
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 256, (60, 28, 28)) * (rng.random((60, 28, 28)) < 0.3)
    return np.concatenate([DIGITS, noise.astype(np.uint8)])


# --- The files -----------------------------------------------------------------------------------


def test_files_are_those_of_their_sources_and_small():
    assert make_digits.source_hash() in make_digits.DATA.read_text("utf-8").splitlines()[0]
    figure = make_digits_figure.FIGURE.read_text("utf-8")
    assert make_digits_figure.source_hash() in figure.splitlines()[0]
    assert make_digits.DATA.stat().st_size < 200_000
    assert len(figure) < 60_000
    assert "CC BY-SA 3.0" in make_digits.DATA.read_text("utf-8")[:1_000]


def test_images_come_out_as_they_went_in():
    rng = np.random.default_rng(1)
    images = rng.integers(0, 256, (5, 28, 28)).astype(np.uint8)
    images[0], images[1, 3:] = 0, 0  # runs of zeros over 255, from one image into the next
    assert np.array_equal(unpack_images(pack_images(images)), images)


@pytest.mark.slow
def test_the_digits_are_those_they_claim_to_be():
    digits = STORED["digits"]
    indices, labels = np.array(digits["indices"]), np.array(digits["labels"])
    wrong = np.zeros(len(DIGITS), bool)
    for kind in LAYERS:
        wrong |= probabilities(kind, DIGITS)[:, -1].argmax(axis=1) != labels
    assert wrong.astype(int).tolist() == digits["misread"]
    assert [sum(wrong[labels == digit]) >= 1 for digit in range(10)] == [True] * 10
    mnist = load_mnist()
    if mnist.source != "mnist":
        pytest.skip("the real MNIST is not here")
    assert np.array_equal(mnist.test_images[indices], DIGITS)
    assert np.array_equal(mnist.test_labels[indices], labels)
    everywhere = np.zeros(10_000, bool)
    for kind, reader in READERS.items():
        with torch.no_grad():
            logits = reader(torch.tensor(mnist.test_images).float() / 255)[:, -1]
        right = logits.argmax(dim=1).numpy() == mnist.test_labels
        assert abs(right.mean() - STORED["networks"][kind]["accuracy"]) < 2e-4
        everywhere |= ~right
    assert shown(mnist.test_labels, everywhere) == digits["indices"]


def test_the_networks_read_digits():
    accuracies = {kind: STORED["networks"][kind]["accuracy"] for kind in LAYERS}
    assert accuracies["rnn"] > 0.93
    assert min(accuracies["lstm"], accuracies["gru"]) > 0.97


# --- The browser's numbers -----------------------------------------------------------------------


def test_the_browsers_probabilities_are_pytorchs(bare):
    images = a_hundred()
    assert len(images) == 100
    pixels = base64.b64encode(images.tobytes()).decode()
    read = f"""
      const pixels = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
      return Array.from({{ length: 100 }}, (_, k) => {WIDGET}.read(arguments[1],
        Float64Array.from(pixels.subarray(784 * k, 784 * (k + 1)), (v) => v / 255)).map((s) => s.p));
    """
    for kind in LAYERS:
        ours = np.array(bare.execute_script(read, pixels, kind))  # (100, 1 + T, C)
        assert np.abs(ours[:, 1:] - probabilities(kind, images)).max() < 1e-4
        unread = READERS[kind].readout.bias.detach().softmax(dim=0).numpy()
        assert np.abs(ours[:, 0] - unread).max() < 1e-6


def test_a_digit_is_read_in_a_moment(bare):
    milliseconds = bare.execute_script(f"""
      const image = {WIDGET}.mnist(3);
      const times = Array.from({{ length: 20 }}, () => {{
        const start = performance.now();
        for (const kind of ["rnn", "lstm", "gru"]) {WIDGET}.read(kind, image);
        return performance.now() - start;
      }});
      return times.sort((a, b) => a - b)[10];
    """)
    assert milliseconds < 50  # all three


def test_the_digits_arrive(bare):
    arrived = bare.execute_script(
        f"return Array.from({{ length: 40 }}, (_, k) => [...{WIDGET}.mnist(k)])"
    )
    assert np.array_equal(np.rint(255 * np.array(arrived)).reshape(-1, 28, 28), DIGITS)


# --- A drawing becomes what MNIST is -------------------------------------------------------------

SEEN = f"""
  const ink = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
  return [...{WIDGET}.seen(Float64Array.from(ink, (v) => v / 255), arguments[1])];
"""


def seen(driver, ink):
    """Ink (side, side) uint8 -> what the networks would see, (28, 28) in [0, 1]."""
    values = driver.execute_script(SEEN, base64.b64encode(ink.tobytes()).decode(), len(ink))
    return np.array(values).reshape(28, 28)


def fitted(ink):
    """The same by counting: every pixel of ink cut into 20 x 20 pieces, which then fit exactly."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    pieces = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].repeat(20, 0).repeat(20, 1)
    length = max(pieces.shape) // 20  # so many pieces make the side of one pixel of the 28 x 28
    h, w = (-(-n // length) for n in pieces.shape)
    padded = np.zeros((h * length, w * length))
    padded[: pieces.shape[0], : pieces.shape[1]] = pieces / 255
    small = padded.reshape(h, length, w, length).mean(axis=(1, 3))
    mass = small.sum()
    down, along = small.sum(axis=1) @ np.arange(h) / mass, small.sum(axis=0) @ np.arange(w) / mass
    dy, dx = (
        int(np.clip(np.floor(14 - centre + 0.5), 0, 28 - n))
        for centre, n in ((down, h), (along, w))
    )
    image = np.zeros((28, 28))
    image[dy : dy + h, dx : dx + w] = small
    return image


def test_mnists_own_digits_stay_as_they_are(bare):
    # They were fitted and centred by those who made MNIST: doing it again should change nothing.
    for digit in DIGITS:
        again = seen(bare, digit.repeat(5, axis=0).repeat(5, axis=1))
        assert np.abs(again - digit / 255).max() < 1e-6


@pytest.mark.parametrize("seed", range(4))
def test_a_drawing_is_fitted_and_centred(bare, seed):
    rng = np.random.default_rng(seed)
    ink = np.zeros((280, 280), np.uint8)
    top, left = rng.integers(0, 150, 2)
    height, width = rng.integers(30, 130, 2)
    ink[top : top + height, left : left + 24] = 255  # an L, somewhere, of some size
    ink[top + height - 20 : top + height, left : left + width] = 200
    image = seen(bare, ink)
    assert np.abs(image - fitted(ink)).max() < 1e-6
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
    assert not seen(bare, np.zeros((280, 280), np.uint8)).any()


# --- The page ------------------------------------------------------------------------------------


def verdict(p):
    """After which row is a digit believed to the end? (answer, row or None), p (T, C)."""
    answer = int(p[-1].argmax())
    believed = p[:, answer] >= 0.5
    if not believed[-1]:
        return answer, None
    doubts = np.flatnonzero(~believed)
    return answer, int(doubts[-1]) + 2 if len(doubts) else 1  # the row after the last doubt


def sentences(driver):
    script = "return [...document.querySelectorAll('.digit-sentences li')].map((e) => e.innerText)"
    return driver.execute_script(script)


def press(driver, label):
    """A button, by the keyboard."""
    (button,) = [
        b
        for b in driver.find_elements("css selector", ".widget-draw-a-digit button")
        if b.text == label
    ]
    button.send_keys(Keys.ENTER)


BUTTONS = {
    "en": ("A digit of MNIST", "One that is misread", "Clear", "Read", "Pause", "Next row"),
    "zh": ("取一个 MNIST 数字", "取一个会认错的", "擦掉", "开始读", "暂停", "再读一行"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_when_each_network_knew(open_widget, language):
    driver = open_widget(language)
    labels = STORED["digits"]["labels"]
    another, hard = BUTTONS[language][:2]
    misread = np.flatnonzero(STORED["digits"]["misread"])
    for k, label in [(0, None), (1, another), (2, another), (misread[0], hard), (misread[1], hard)]:
        if label:
            press(driver, label)
        for kind, said in zip(LAYERS, sentences(driver), strict=True):
            answer, row = verdict(probabilities(kind, DIGITS[k : k + 1])[0])
            assert kind.upper() in said
            right = {"en": "Right.", "zh": "答对了"}[language]
            assert (right in said) == (answer == labels[k])
            if answer != labels[k]:
                told = {"en": "It is a {}.", "zh": "其实是 {}。"}[language]
                assert told.format(labels[k]) in said
            if row is None:
                assert {"en": "not sure at the end", "zh": "仍拿不准"}[language] in said
            else:
                on = {"en": "settled on {} at row {}", "zh": "第 {1} 行才认定是 {0}"}[language]
                told = said.replace("行认定是", "行才认定是")
                assert on.format(answer, row) in told


def test_stopping_at_a_row_by_the_keyboard(open_widget):
    driver = open_widget()
    rows = driver.find_element("css selector", ".widget-draw-a-digit input[type=range]")
    rows.send_keys(*[Keys.ARROW_LEFT] * 12)
    driver.find_element("css selector", ".widget-draw-a-digit input[value=lstm]").send_keys(
        Keys.ARROW_RIGHT  # from the LSTM to the GRU
    )
    p = probabilities("gru", DIGITS[:1])[0, 15]  # after 16 rows
    bars = driver.find_elements("css selector", ".digit-bars rect")
    heights = np.array([float(bar.get_attribute("height")) for bar in bars])
    assert np.abs(heights / 82 - p).max() < 1e-4
    assert driver.find_element("css selector", ".digit-bars text.is-first").text == f"{p.max():.2f}"
    assert sentences(driver)[2] == (
        f"The GRU says {p.argmax()} after row 16, with probability {p.max():.2f}."
    )
    with torch.no_grad():
        h = READERS["gru"].layer(torch.tensor(DIGITS[:1]).float() / 255)[0][0, 15].numpy()
    squares = driver.execute_script(
        "return [...document.querySelectorAll('.digit-state rect')]"
        ".map((r) => [r.style.fill, Number(r.style.fillOpacity)])"
    )
    signed = [value * (1 if "widget-b" in fill else -1) for fill, value in squares]
    assert np.abs(np.array(signed) - h).max() < 1e-3
    status = driver.find_element("css selector", ".widget-draw-a-digit [aria-live]")
    assert status.get_attribute("textContent") == sentences(driver)[2]
    press(driver, "Next row")
    assert rows.get_attribute("value") == "17"


def test_it_reads_row_by_row_and_pauses(open_widget):
    driver = open_widget(motion="no-preference")
    rows = driver.find_element("css selector", ".widget-draw-a-digit input[type=range]")
    press(driver, "A digit of MNIST")  # starts to read by itself
    assert int(rows.get_attribute("value")) < 10
    wait(driver, "return document.querySelector('.digit-controls input').value >= 4")
    press(driver, "Pause")
    stopped = rows.get_attribute("value")
    assert 4 <= int(stopped) < 28
    driver.execute_async_script("setTimeout(arguments[0], 400)")
    assert rows.get_attribute("value") == stopped
    press(driver, "Read")
    wait(driver, f"return document.querySelector('.digit-controls input').value > {stopped}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_is_read(open_widget, language):
    driver = open_widget(language)
    clear = BUTTONS[language][2]
    empty = {"en": "empty", "zh": "空白"}[language]
    press(driver, clear)
    assert all(empty in said for said in sentences(driver))
    unread = f"return document.querySelector('.digit-sentences').innerText.includes('{empty}')"

    # A seven by the pointer: along the top, then down to the left; places count from the middle.
    sheet = driver.find_element("css selector", ".digit-ink")
    actions = ActionChains(driver, duration=20)
    actions.move_to_element_with_offset(sheet, -60, -80).click_and_hold()
    actions.move_to_element_with_offset(sheet, 60, -80)
    actions.move_to_element_with_offset(sheet, 20, 0)
    actions.move_to_element_with_offset(sheet, -15, 95).release().perform()
    WebDriverWait(driver, 20).until_not(lambda d: d.execute_script(unread))
    for said in sentences(driver):
        assert {"en": "on 7 at row", "zh": "认定是 7"}[language] in said
        assert {"en": "Right", "zh": "答对"}[language] not in said  # who knows what was meant

    # A one by the keys.
    press(driver, clear)
    driver.execute_script("arguments[0].focus({ focusVisible: true })", sheet)
    sheet.send_keys(Keys.SPACE, *[Keys.ARROW_DOWN] * 14, Keys.SPACE, Keys.ARROW_RIGHT)
    status = driver.find_element("css selector", ".widget-draw-a-digit [aria-live]")
    assert status.get_attribute("textContent") == {"en": "Pen up.", "zh": "已提笔。"}[language]
    WebDriverWait(driver, 20).until_not(lambda d: d.execute_script(unread))
    for said in sentences(driver):
        assert {"en": "on 1 at row", "zh": "认定是 1"}[language] in said
    image = driver.execute_script(
        "const c = document.querySelector('.digit-seen').getContext('2d');"
        "return [...c.getImageData(0, 0, 28, 28).data].filter((_, k) => k % 4 === 3)"
    )
    rows, columns = np.nonzero(np.array(image).reshape(28, 28))
    assert np.ptp(rows) + 1 == 20
    assert np.ptp(columns) + 1 <= 3


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("zh", "dark")])
def test_a_phone_has_room_for_it(open_widget, browser, language, scheme):  # noqa: F811
    size(browser, NARROW)
    driver = open_widget(language, scheme=scheme)
    reserved = driver.execute_script("""
      const widget = document.querySelector('.widget[data-widget="draw-a-digit"]');
      return [widget.scrollHeight, parseFloat(getComputedStyle(widget).minHeight)];
    """)
    assert reserved[0] - reserved[1] < 60  # what stands below moves little or not at all
    press(driver, BUTTONS[language][1])
    assert driver.execute_script("return document.documentElement.scrollWidth") <= NARROW[0]
    assert (
        driver.execute_script("""
      return [...document.querySelectorAll('.widget-draw-a-digit *')]
        .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML)
    """)
        == []
    )
    small = driver.execute_script("""
      return [...document.querySelectorAll('.widget-draw-a-digit :is(button, .widget-choice label)')]
        .map((e) => e.getBoundingClientRect()).filter((box) => box.height < 43.9 || box.width < 43.9)
    """)
    assert small == []
    assert [e for e in driver.get_log("browser") if e["level"] == "SEVERE"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_figure_says_it(page, browser, html, language):  # noqa: F811
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get("about:blank")
        browser.get(f"{html.as_uri()}/{language}/{LESSON}.html")
        static = browser.find_element("css selector", '[data-widget="draw-a-digit"] .widget-static')
        assert static.is_displayed()
        image = static.find_element("css selector", "img")
        assert int(image.get_property("naturalWidth")) > 0
        alt, words = image.get_attribute("alt"), static.text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    # What the text says of the figure is what the networks answer.
    p = {kind: probabilities(kind, DIGITS)[make_digits_figure.DIGIT] for kind in LAYERS}
    for kind in LAYERS:
        answer, row = verdict(p[kind])
        assert kind.upper() in words
        assert str(row) in words
        assert str(answer) in alt
