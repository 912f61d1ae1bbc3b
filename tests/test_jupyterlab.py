"""A learner's path from end to end: start, open an exercise in JupyterLab, answer, see the feedback."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("selenium", reason="selenium is not installed")
pytest.importorskip("jupyterlab", reason="JupyterLab is not installed (extra `lab`)")
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from autograder.cli import main
from tests.browser import PATIENCE, start_browser, wait
from tests.test_book_browser import pytestmark  # noqa: F401

TOKEN = "learner"
CHAPTER = "02_rnn_exercises.ipynb"
SET_UP, TASK, CHECK = 1, 3, 4  # the notebook's cells
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell is in the page
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """Run JupyterLab on a learner's new folder; return the address of a notebook in it."""
    work, home = tmp_path / "my-work", tmp_path / "home"
    assert main(["start", str(work), "--lang", "zh"]) == 0
    for name, values in SETTINGS.items():
        file = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(values))
    folders = {
        f"JUPYTER{name}_DIR": str(home / name.strip("_").removeprefix("LAB_").lower())
        for name in ("_CONFIG", "_DATA", "_RUNTIME", "LAB_SETTINGS", "LAB_WORKSPACES")
    } | {"IPYTHONDIR": str(home / "ipython"), "XDG_STATE_HOME": str(home / "state")}
    port = free_port()
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
             f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"],
            cwd=work, env=os.environ | folders, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 2 * PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=5).close()
                break
            except (urllib.error.URLError, TimeoutError):
                running = server.poll() is None and time.monotonic() < deadline
                assert running, (tmp_path / "log").read_text()
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/lab/tree/{CHAPTER}?token={TOKEN}"
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture
def browser() -> Iterator[WebDriver]:
    driver = start_browser()
    yield driver
    driver.quit()


def cell(number: int) -> str:
    return f"document.querySelectorAll('.jp-Notebook .jp-Cell')[{number}]"


def click_into(browser: WebDriver, number: int) -> None:
    editor = browser.execute_script(f"return {cell(number)}.querySelector('.cm-content')")
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", editor)
    editor.click()
    wait(browser, f"return {cell(number)}.querySelector('.cm-focused')")


def run(browser: WebDriver, number: int) -> None:
    """Press Shift+Enter in a cell; wait until it has run and the next one is chosen."""
    label = f"{cell(number)}.querySelector('.jp-InputPrompt').innerText.trim()"
    before = json.dumps(browser.execute_script(f"return {label}"))
    for patience in (10, 20, PATIENCE):  # JupyterLab hears no keys while it is still starting
        click_into(browser, number)
        ActionChains(browser).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(
            Keys.SHIFT
        ).perform()
        with contextlib.suppress(AssertionError):
            wait(browser, f"return {label} !== {before}", patience)
            break
    wait(browser, f"return /\\d/.test({label}) && {label} !== {before}")
    wait(browser, f"return {cell(number + 1)}.classList.contains('jp-mod-active')")


def answer(browser: WebDriver, line: str) -> None:
    """Type a line in place of the task's last one, and run the cell and the check below it."""
    click_into(browser, TASK)
    keys = ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.END).key_up(Keys.CONTROL)
    keys.key_down(Keys.SHIFT).send_keys(Keys.HOME).key_up(Keys.SHIFT).send_keys(line).perform()
    wait(browser, f"return {cell(TASK)}.querySelector('.cm-content').innerText"
                  f".trimEnd().endsWith({json.dumps(line)})")  # fmt: skip
    run(browser, TASK)
    run(browser, CHECK)


def feedback(browser: WebDriver, words: str) -> str:
    """Wait until the check shows these words; return all that it shows."""
    shown = f"({cell(CHECK)}.querySelector('.jp-OutputArea')?.innerText ?? '')"
    wait(browser, f"return {shown}.includes({json.dumps(words)})")
    return browser.execute_script(f"return {shown}")


def test_a_chinese_exercise_from_start_to_right(lab, browser):
    browser.get(lab)
    wait(browser, f"return {cell(CHECK)} && document.querySelector("
                  "'.jp-Notebook-ExecutionIndicator[data-status=\"idle\"]')")  # fmt: skip
    wait(browser, "return document.querySelector('.jp-Notebook h1')?.innerText.startsWith("
                  "'练习：02 · 循环神经网络')")  # fmt: skip
    run(browser, SET_UP)

    answer(browser, "return x @ W_x.T + h @ W_h.T + b")
    assert "超过 1 的值" in feedback(browser, "少了 tanh")
    assert browser.execute_script(
        f"return {cell(CHECK)}.querySelector('.jp-OutputArea [lang]').lang"
    ) == "zh-CN"  # fmt: skip

    answer(browser, "return np.tanh(x @ W_x.T + h @ W_h.T + b)")
    assert "tanh" not in feedback(browser, "正确")
