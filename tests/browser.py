"""A browser for the tests and for `python -m benchmarks.book`: Chromium, and axe-core in its pages."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
CHROMEDRIVER = shutil.which("chromedriver")
PATIENCE = 60  # seconds: a machine may be busy; what a test waits for is there or never comes

WIDE, NARROW = (1280, 900), (360, 740)

# ---------------------------------------------------------------- Chromium


def start_browser(*arguments: str) -> WebDriver:
    """Start Chromium without a window and without a network: only this machine can be reached."""
    options = Options()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--accept-lang=en",
        "--hide-scrollbars", *arguments,
    ):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))
    driver.set_page_load_timeout(2 * PATIENCE)
    driver.set_script_timeout(2 * PATIENCE)
    size(driver, WIDE)
    colours(driver, "light")
    return driver


def open_page(browser: WebDriver, url: str) -> None:
    """Open a page and wait until its formulas stand."""
    browser.get("about:blank")  # else a new hash on the same page loads nothing
    for kind in ("browser", "performance"):
        browser.get_log(kind)  # what came before is no longer asked for
    browser.get(url)
    wait(browser, "return document.readyState === 'complete'")
    browser.execute_async_script(
        "const done = arguments[0], formulas = window.MathJax?.startup?.promise;"
        "(formulas ?? Promise.resolve()).then(() => done())"
    )


def wait(browser: WebDriver, script: str, seconds: float = PATIENCE) -> None:
    """Wait until a script returns something true."""
    try:
        WebDriverWait(browser, seconds, 0.1).until(lambda b: b.execute_script(script))
    except TimeoutException:
        raise AssertionError(
            f"never true at {browser.current_url} in {seconds} s: {script}"
        ) from None


def arrive(browser: WebDriver, ending: str) -> None:
    """Wait until a page whose path ends so is there and its scripts have run: the address comes first."""
    wait(
        browser,
        f"return location.pathname.endsWith({json.dumps(ending)})"
        " && document.readyState === 'complete'",
    )


def size(browser: WebDriver, width_and_height: tuple[int, int]) -> None:
    width, height = width_and_height
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def colours(browser: WebDriver, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def settle(browser: WebDriver) -> None:
    """After a change of size or colours: let the page take it up, and end what is moving.

    Ended, not awaited: a browser that shows nothing to anybody draws few frames, and a transition
    of 0.3 s may never be over. (`book.js` looks at formulas again 0.2 s after the last change of size.)
    """
    browser.execute_async_script("""
      const done = arguments[0];
      const frame = () => new Promise(requestAnimationFrame);
      setTimeout(() => frame().then(() => {
        for (const moving of document.getAnimations())
          try { moving.finish(); } catch { /* it moves for ever */ }
        frame().then(done);
      }), 250);
    """)


def requested(browser: WebDriver) -> list[str]:
    """Return the addresses asked for since the page was opened (or since the last call)."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [
        e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"
    ]


def complaints(browser: WebDriver) -> list[str]:
    """Return the errors in the console since the page was opened (or since the last call)."""
    return [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"]


# ---------------------------------------------------------------- axe-core

AXE = "axe-core@4.14.1"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"


class NoAxe(Exception):
    """axe-core cannot be had; the message says why."""


def axe_source() -> str:
    """Return axe-core's script: from this environment's folder, else from npm's registry, once.

    Raises NoAxe where it cannot be had.
    """
    kept = Path(sys.prefix, "share", "unrolled", f"{AXE}.min.js")
    if not kept.is_file():
        if not shutil.which("npm"):
            raise NoAxe("npm is not installed: axe-core cannot be fetched")
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                ["npm", "pack", "--silent", "--pack-destination", folder, AXE],
                cwd=folder, capture_output=True, text=True, timeout=120, check=False,
            )  # fmt: skip
            packed = next(Path(folder).glob("*.tgz"), None)
            if done.returncode or not packed:
                why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
                raise NoAxe(f"npm could not fetch {AXE}: {why}")
            with tarfile.open(packed) as archive:
                script = archive.extractfile("package/axe.min.js").read()
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")  # another process may fetch it, too
        part.write_bytes(script)
        part.replace(kept)
    script = kept.read_bytes()
    if hashlib.sha256(script).hexdigest() != AXE_SHA256:
        kept.unlink()
        raise NoAxe(f"{AXE} is not the file that it should be: its hash differs")
    return script.decode()


RUN_AXE = """
  const done = arguments[0];
  const drawn = document.querySelectorAll('mjx-container > svg[aria-hidden="true"]');
  for (const formula of drawn) formula.replaceChildren();  // thousands of paths that nobody hears
  axe.run(
    { exclude: [['mjx-container > svg']] },
    { resultTypes: ['violations'], preload: false }
  ).then(({ violations }) => done(
    violations.flatMap((v) => v.nodes.map((n) =>
      [v.impact, `${v.id}: ${n.target.join(' ')} (${[...n.any, ...n.all, ...n.none][0]?.message})`]))
  ));
"""


def violations(browser: WebDriver, source: str) -> list[tuple[str, str]]:
    """Return what axe-core finds in the open page: pairs of impact and description.

    Formulas keep their place and lose their drawing, so look at the page before.
    """
    if not browser.execute_script("return 'axe' in window"):
        browser.execute_script(source)
    return [(impact, what) for impact, what in browser.execute_async_script(RUN_AXE)]
