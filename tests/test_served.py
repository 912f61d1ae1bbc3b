"""Every page from this machine's own server: `python -m unrolled.book serve`."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_book import EVERY_PAGE, OTHER, ROOT, html  # noqa: F401

pytest.importorskip("selenium", reason="selenium is not installed")
from tests.browser import PATIENCE, arrive, complaints, open_page, requested
from tests.test_book_browser import ACCEPTS, accept_languages, browser, pytestmark  # noqa: F401


@pytest.fixture(scope="module")
def address(html: Path) -> Iterator[str]:  # noqa: F811
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "unrolled.book", "serve", str(html.parents[1])]
    with subprocess.Popen([*command, "--port", str(port)], cwd=ROOT) as server:
        try:
            deadline = time.monotonic() + PATIENCE
            while True:
                with socket.socket() as caller:
                    if caller.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert server.poll() is None, "the server has stopped"
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


@pytest.mark.parametrize(("language", "name"), [*EVERY_PAGE, ("en", "search"), ("zh", "search")])
def test_a_served_page_asks_for_nothing_elsewhere(address, browser, language, name):  # noqa: F811
    open_page(browser, f"{address}{language}/{name}.html")
    assert complaints(browser) == []
    asked = [url for url in requested(browser) if not url.startswith(("data:", "blob:", "about:"))]
    assert asked[0] == f"{address}{language}/{name}.html"
    assert [url for url in asked if not url.startswith(address)] == []
    assert browser.execute_script(
        "return document.querySelectorAll('.math').length"
        " === document.querySelectorAll('.math mjx-container > svg').length"
    )


@pytest.mark.parametrize(("accepts", "language"), ACCEPTS)
def test_the_first_page_leads_to_the_language_read_last(address, browser, accepts, language):  # noqa: F811
    """Asked of a server: pages from a folder may run in processes of their own, which need not agree
    at once on what was stored."""
    browser.get(f"{address}en/_static/favicon.svg")
    browser.execute_script("localStorage.clear()")
    accept_languages(browser, accepts)
    browser.get(address)
    arrive(browser, f"/{language}/index.html")
    browser.execute_script("document.querySelector('a.language-switch').click()")
    arrive(browser, f"/{OTHER[language]}/index.html")
    browser.get(address)
    arrive(browser, f"/{OTHER[language]}/index.html")
