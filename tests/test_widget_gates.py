"""The gate laboratory: its numbers are those of unrolled.networks, and the page does what lessons
05 and 06 say. Each page is opened once and set back before every test."""

import re
from typing import NamedTuple

import numpy as np
import pytest

from tests.test_book import html  # noqa: F401
from tests.test_book_browser import NARROW, WIDE, browser, pytestmark, size, wait  # noqa: F401
from unrolled.book import make_gates
from unrolled.book.make_gates import STEPS, UNITS, WIDGETS, along_the_line, inputs, run
from unrolled.languages import LANGUAGES
from unrolled.networks import gru_backward, gru_forward

LESSONS = {"lstm": "chapters/05_lstm", "gru": "chapters/06_gru"}
STATES = {"lstm": ("c", "h"), "gru": ("h",)}  # the memory first
KEPT = {"lstm": "f", "gru": "z"}
FREE = {cell: unit["presets"]["free"] for cell, unit in UNITS.items()}


def test_files_are_those_of_their_source():
    for file in (make_gates.DATA, *make_gates.FIGURES.values()):
        assert make_gates.source_hash() in file.read_text("utf-8").splitlines()[0], file


def number(value):
    """Return a value as the laboratory writes it."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def test_the_numbers_in_the_lessons_prose():
    presets = {cell: unit["presets"] for cell, unit in UNITS.items()}
    found = {
        (cell, name): run(cell, inputs(preset), preset["gates"])
        for cell in UNITS
        for name, preset in presets[cell].items()
    }
    free, count = found["lstm", "free"], found["lstm", "count"]
    assert number(free["i"][12]) == "0.03"
    assert 0.7 < free["f"].min() < free["f"].max() < 0.91
    assert number(along_the_line(free["f"])[2]) == "0.07"
    assert number(count["c"][-1]) == "4.57"
    assert [number(h) for h in count["h"][[2, 5, 8]]] == ["0.64", "0.91", "0.98"]
    averaged = found["gru", "count"]
    stairs = [number(h) for h in averaged["h"][[2, 5, 8, 11, 14, 17]]]
    assert stairs == ["0.38", "0.57", "0.67", "0.71", "0.74", "0.75"]
    assert along_the_line(averaged["z"])[2] == 1 / 32


# --- The browser's numbers -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def compute(browser):  # noqa: F811
    """Return a function that runs a unit in the browser: (what is found at each step, the paths)."""
    names = ("core.js", "gate-laboratory.data.js", "gate-laboratory.js")
    browser.get("about:blank")
    browser.execute_script(";".join((WIDGETS / name).read_text("utf-8") for name in names))

    def compute(cell, x, gates):
        script = """
          const found = Unrolled.gateLaboratory.run(...arguments);
          return [found, Unrolled.gateLaboratory.paths(arguments[0], found)];
        """
        return browser.execute_script(script, cell, [float(v) for v in x], gates)

    return compute


def cases(cell):
    """Yield inputs and schedules: the presets, and drawn ones, held at the ends, between, or free."""
    for preset in UNITS[cell]["presets"].values():
        yield inputs(preset), preset["gates"]
    rng = np.random.default_rng(0)
    values = [None, 0.0, 1.0, 0.9, 0.35]
    for _ in range(3):
        gates = {
            gate: {
                "base": values[rng.integers(5)],
                "at": {int(t): values[rng.integers(5)] for t in rng.permutation(STEPS)[:6]},
            }
            for gate in FREE[cell]["gates"]
        }
        x = rng.integers(-1, 2, STEPS).astype(float)
        yield x, gates
        yield x, FREE[cell]["gates"]


def nudged(cell, x, gates, found, t, by):
    """Return the last c (LSTM) or h (GRU) if that of step t were larger by so much."""
    memory = STATES[cell][0]
    state = {memory: found[memory][t] + by}
    if cell == "lstm":
        state["h"] = found["o"][t] * np.tanh(state["c"])
    return run(cell, x, gates, t + 1, **state)[memory][-1] if t < STEPS - 1 else state[memory]


@pytest.mark.parametrize("cell", UNITS)
def test_the_browsers_unit_is_that_of_the_lessons(compute, cell):
    eps = 1e-6
    for x, gates in cases(cell):
        steps, paths = compute(cell, x, gates)
        found = run(cell, x, gates)
        for name, values in found.items():
            theirs = np.array([step[name] for step in steps], float)
            assert np.abs(theirs - values).max() < 1e-12, name
        line = along_the_line(found[KEPT[cell]])
        assert np.abs(np.array(paths["line"], float) - line).max() < 1e-12
        up, down = (
            np.array([nudged(cell, x, gates, found, t, by) for t in range(STEPS)])
            for by in (eps, -eps)
        )
        assert np.abs(np.array(paths["all"], float) - (up - down) / (2 * eps)).max() < 1e-8


def test_all_paths_are_those_of_the_backward_pass(compute):
    x, gates = inputs(FREE["gru"]), FREE["gru"]["gates"]
    _, paths = compute("gru", x, gates)
    h, w = run("gru", x, gates)["h"], make_gates.weights_at("gru", gates, 0)
    for t in range(STEPS - 1):
        later, h_t = x[None, t + 1 :, None], np.full((1, 1), h[t])
        dhs = np.zeros_like(later)
        dhs[:, -1] = 1
        dh = gru_backward(dhs, later, h_t, gru_forward(later, h_t, *w), *w)[1]
        assert abs(dh.item() - paths["all"][t]) < 1e-12


@pytest.mark.parametrize("cell", UNITS)
def test_where_all_gates_are_held_the_line_is_all_there_is(compute, cell):
    held = {gate: {"base": 0.7, "at": {}} for gate in FREE[cell]["gates"]}
    if cell == "gru":
        held["r"]["base"] = 0  # else the candidate sees h
    _, paths = compute(cell, np.random.default_rng(1).integers(-1, 2, STEPS), held)
    assert np.abs(np.subtract(paths["all"], paths["line"])).max() < 1e-12


# --- The page ------------------------------------------------------------------------------------


class Laboratory(NamedTuple):
    """A page with the laboratory, and what is looked for in it."""

    driver: object
    cell: str
    language: str

    def all(self, selector):
        return self.driver.find_elements("css selector", f".widget-gate-laboratory {selector}")

    def button(self, name):
        names = ["free", "remember", "forget", "count", "clear"]
        return self.all(".widget-buttons button")[names.index(name)]

    def step(self, row, t):
        """The button of one step in a strip."""
        return self.all(f"[data-row={row}] .gates-strip button:nth-child({t + 1})")[0]

    def said(self):
        return self.all(".gates-said")[0].text

    def label(self, t, letter, value, held=False):
        """How a screen reader hears of a step."""
        text = {"en": "step {}: {} = {}", "zh": "第 {} 步：{} = {}"}[self.language]
        also = {"en": ", held", "zh": "，固定"}[self.language] if held else ""
        return text.format(t, letter, value) + also

    def says(self, found, left):
        """Does the sentence give the last states, and what is left of the first pulse's step?"""
        said = self.said()
        times = {"en": "multiplied by {},", "zh": "要乘以 {}。"}[self.language]
        states = [f"{name} = {number(found[name][-1])}" for name in STATES[self.cell]]
        return all(state in said for state in states) and times.format(number(left)) in said

    def drawn(self, selector):
        """What a drawn line says at each step, read from its points and the axis beside it."""
        points, ticks = self.driver.execute_script(
            """
            const line = document.querySelector(arguments[0]);
            const ticks = [...line.closest('svg').querySelectorAll('.tick[text-anchor=end]')];
            return [line.getAttribute('points'),
                    ticks.map((t) => [Number(t.getAttribute('y')) - 4, t.textContent])];
            """,
            selector,
        )
        ys = np.array([float(point.split(",")[1]) for point in points.split()])[::2]
        (y0, v0), (y1, v1) = [(y, float(v.replace("−", "-"))) for y, v in (ticks[0], ticks[-1])]
        return v0 + (ys - y0) * (v1 - v0) / (y1 - y0)


@pytest.fixture(scope="module", params=[("lstm", "en"), ("gru", "zh")], ids="-".join)
def opened(request, browser, html):  # noqa: F811
    cell, language = request.param
    browser.get_log("browser")
    browser.get(f"{html.as_uri()}/{language}/{LESSONS[cell]}.html")
    wait(browser, "return document.querySelector('.gates-plot polyline')")
    browser.execute_async_script("MathJax.startup.promise.then(() => arguments[0]())")
    return Laboratory(browser, cell, language)


@pytest.fixture
def lab(opened):
    """Return the laboratory as it stands when the page opens."""
    size(opened.driver, WIDE)
    opened.driver.execute_script("""
      const lab = document.querySelector('.widget-gate-laboratory');
      lab.querySelector('.widget-buttons button').click();
      lab.querySelector('.widget-choice input[value=line]').click();
      lab.scrollIntoView({ block: 'start', behavior: 'instant' });
      scrollBy({ top: -70, behavior: 'instant' });
    """)
    return opened


def test_presets_do_what_the_lesson_says(lab):
    for name, preset in UNITS[lab.cell]["presets"].items():
        lab.button(name).click()
        assert lab.button(name).get_attribute("aria-pressed") == "true"
        found = run(lab.cell, inputs(preset), preset["gates"])
        left = along_the_line(found[KEPT[lab.cell]])
        for state in STATES[lab.cell]:
            assert np.abs(lab.drawn(f"polyline.gates-{state}") - found[state]).max() < 0.02
        assert np.abs(lab.drawn("polyline.gates-left") - left).max() < 0.02
        assert lab.says(found, left[2])
        for gate in preset["gates"]:
            told = lab.step(gate, 5).get_attribute("aria-label")
            assert told == lab.label(5, gate, number(found[gate][5]), held=name != "free")
    severe = [entry for entry in lab.driver.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []


def test_all_paths_lie_above_the_line(lab):
    from selenium.webdriver.common.keys import Keys

    lab.all(".widget-choice input[value=line]")[0].send_keys(Keys.ARROW_RIGHT)
    dotted = lab.drawn("polyline.gates-dotted")
    above = lab.drawn("polyline.gates-left:not(.gates-dotted)")
    assert (above >= dotted - 1e-9).all()
    assert above[2] > 2 * dotted[2]
    if lab.cell == "lstm":
        assert "0.37" in lab.said()  # as the prose says


def test_a_gate_is_held_by_buttons_and_slider(lab):
    from selenium.webdriver.common.keys import Keys

    gate = KEPT[lab.cell]
    zero, one, free = lab.all(f"[data-row={gate}] .gates-hold button")
    (slider,) = lab.all(f"[data-row={gate}] input")

    def check(base):
        gates = FREE[lab.cell]["gates"] | {gate: {"base": base, "at": {}}}
        found = run(lab.cell, inputs(FREE[lab.cell]), gates)
        left = along_the_line(found[gate])[2]
        assert lab.says(found, left) or left < 0.005
        pressed = [b.get_attribute("aria-pressed") == "true" for b in (zero, one, free)]
        assert pressed == [base == 0, base == 1, base is None]
        (output,) = lab.all(f"[data-row={gate}] output")
        assert output.text == (free.text if base is None else number(base))

    check(None)
    zero.click()
    check(0)
    one.send_keys(Keys.ENTER)
    check(1)
    slider.send_keys(Keys.ARROW_LEFT, Keys.ARROW_LEFT)
    check(0.9)
    assert lab.driver.switch_to.active_element == slider
    free.send_keys(Keys.SPACE)
    check(None)


def test_a_step_is_held_by_the_keyboard_alone(lab):
    from selenium.webdriver.common.keys import Keys

    gates = {"lstm": ["i", "f", "o"], "gru": ["r", "z"]}[lab.cell]  # from top to bottom
    for row in ["x", *gates]:
        assert len(lab.all(f"[data-row={row}] [tabindex='0']")) == 1  # one stop of the Tab key

    def press(*keys):
        lab.driver.switch_to.active_element.send_keys(*keys)
        return lab.driver.switch_to.active_element.get_attribute("aria-label")

    lab.button("remember").send_keys(Keys.ENTER)
    last = gates[-1]
    step_5 = [lab.label(5, last, value, held=True) for value in ("0.00", "1.00")]
    lab.step("x", 2).send_keys(*[Keys.ARROW_RIGHT] * 3, *[Keys.ARROW_DOWN] * len(gates))
    assert press(Keys.ARROW_DOWN) == step_5[1]  # no row below: it stays
    assert press(Keys.ENTER) == step_5[0]
    assert "is-own" in lab.step(last, 5).get_attribute("class")
    preset = UNITS[lab.cell]["presets"]["remember"]
    shut = {**preset["gates"][last], "at": {**preset["gates"][last]["at"], 5: 0}}
    found = run(lab.cell, inputs(preset), preset["gates"] | {last: shut})
    assert np.abs(lab.drawn("polyline.gates-h") - found["h"]).max() < 0.02
    assert press(Keys.ENTER) not in step_5  # free
    assert press(Keys.SPACE) == step_5[1]  # as all the others again
    assert "is-own" not in lab.step(last, 5).get_attribute("class")
    assert re.search(r"\d+", press(Keys.HOME)).group() == "0"
    assert re.search(r"\d+", press(Keys.END, Keys.ARROW_RIGHT)).group() == "19"


def test_an_input_is_set_and_the_memory_cleared_at_a_step(lab):
    memory = STATES[lab.cell][0]
    lab.button("remember").click()
    for value in ("1", "−1", "0"):
        lab.step("x", 9).click()
        assert lab.step("x", 9).get_attribute("aria-label") == lab.label(9, "x", value)
    assert f"{memory} = 0.76" in lab.said()
    assert "9" in lab.button("clear").text
    lab.button("clear").click()
    assert f"{memory} = 0.00" in lab.said()
    wait(lab.driver, "return document.querySelector('.gates ~ [aria-live=polite]').textContent"
                     " === document.querySelector('.gates-said').textContent")  # fmt: skip


def test_its_text_can_be_read_on_both_backgrounds(lab):
    low = """
      document.documentElement.dataset.theme = arguments[0];
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const light = (...colours) => { // of colours laid over one another
        for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => v / 255)
          .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = getComputedStyle(document.body).backgroundColor;
      return [...document.querySelectorAll('.widget-gate-laboratory *')]
        .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
        .map((e) => {
          const style = getComputedStyle(e);
          const behind = getComputedStyle(e.closest('button, label') ?? e).backgroundColor;
          const text = light(ground, behind, e instanceof SVGElement ? style.fill : style.color);
          const paper = light(ground, behind);
          return [(Math.max(text, paper) + 0.05) / (Math.min(text, paper) + 0.05), e.outerHTML];
        }).filter(([ratio]) => ratio < 4.5);
    """
    for scheme in ("dark", "light"):
        assert lab.driver.execute_script(low, scheme) == []


def finger(driver, kind, *point):
    points = [{"x": point[0], "y": point[1]}] if point else []
    driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_phone_has_room_for_it_and_a_finger_finds_its_step(lab):
    size(lab.driver, NARROW)
    wait(lab.driver, "return document.querySelector('.gates-plot svg').clientWidth < 340")
    assert lab.driver.execute_script("return document.documentElement.scrollWidth") <= NARROW[0]
    beyond, small = lab.driver.execute_script("""
      const box = (e) => e.getBoundingClientRect();
      const all = [...document.querySelectorAll('.widget-gate-laboratory *')];
      const targets = all.filter((e) => e.matches('.widget-button, .widget-choice label, .gates-strip'));
      return [all.filter((e) => box(e).right > innerWidth + 1).map((e) => e.outerHTML),
              targets.filter((e) => box(e).height < 43.9 || box(e).width < 43.9).map((e) => e.outerHTML)];
    """)
    assert (beyond, small) == ([], [])
    # A finger comes down on step 7, sees that, slides to step 8 and lets go.
    gate = KEPT[lab.cell]
    x, y, width = lab.driver.execute_script(
        "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });"
        "const b = arguments[0].getBoundingClientRect();"
        "return [b.x + b.width / 2, b.y + b.height / 2, b.width]",
        lab.step(gate, 7),
    )
    finger(lab.driver, "touchStart", x, y)
    for part in (0.3, 0.7, 1.0):
        finger(lab.driver, "touchMove", x + part * width, y)
    finger(lab.driver, "touchEnd")
    (own,) = lab.all(".gates-strip .is-own")
    assert own.get_attribute("aria-label") == lab.label(8, gate, "0.00", held=True)


def test_nothing_moves_when_it_starts(lab):
    for window in (WIDE, (720, 900), (600, 900), NARROW):
        size(lab.driver, window)
        asked, reserved = lab.driver.execute_script("""
          const widget = document.querySelector('.widget[data-widget=gate-laboratory]');
          const reserved = parseFloat(getComputedStyle(widget).minHeight);
          widget.style.minHeight = 0;
          const asked = widget.offsetHeight;
          widget.style.minHeight = '';
          return [asked, reserved];
        """)
        assert asked - 1 <= reserved < 1.1 * asked, window


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cell", UNITS)
def test_without_scripts_the_figure_says_it(browser, html, cell, language):  # noqa: F811
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{html.as_uri()}/{language}/{LESSONS[cell]}.html")
        figure = browser.find_element("css selector", ".widget[data-widget=gate-laboratory] img")
        assert figure.is_displayed()
        assert figure.get_attribute("src").endswith(f"gate-laboratory.{cell}.svg")
        assert int(figure.get_property("naturalWidth")) > 0
        assert len(figure.get_attribute("alt")) > 60
        assert browser.find_elements("css selector", ".widget-live") == []
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
