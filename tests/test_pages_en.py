"""Every English page in a browser, from its folder: the tests of every_page.py."""

import pytest

pytest.importorskip("selenium", reason="selenium is not installed")
from tests.every_page import *  # noqa: F403
from tests.test_book import html  # noqa: F401
from tests.test_book_browser import browser, pytestmark  # noqa: F401

LANGUAGE = "en"
