"""What the lessons cite stands in the bibliography, and nothing else does."""

import re
from pathlib import Path

from unrolled.bibliography import PAGE, SCHOLARLY, as_text, citations, works

ROOT = Path(__file__).parents[1]


def test_cited_and_known_are_the_same():
    assert set(citations(ROOT)) == set(works())


def test_a_citation_s_year_is_the_work_s():
    cited = re.compile(r"\[[A-Z][^\][\n]*?((?:19|20)\d\d)）?\]" + SCHOLARLY.pattern)
    for path in sorted(ROOT.glob("chapters/[0-9][0-9]_*.ipynb")):
        for year, address in cited.findall(path.read_text("utf-8")):
            assert year in works()[address], (path.name, year, address)


def test_the_page_is_current():
    """Else run `python -m unrolled.bibliography`."""
    assert (ROOT / PAGE).read_text("utf-8") == as_text(ROOT)


def test_an_address_with_brackets_is_found_whole():
    text = (
        "as [Jordan](https://doi.org/10.1016/S0166-4115(97)80111-2) and [a page](https://x.org/y)"
    )
    assert SCHOLARLY.findall(text) == ["https://doi.org/10.1016/S0166-4115(97)80111-2"]
