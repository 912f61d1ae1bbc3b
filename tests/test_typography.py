"""Spaces at which no line may break."""

import pytest

pytest.importorskip("sphinx")
from docutils import nodes

from unrolled.book.typography import hold_together

_ = "\u00a0"


def held(*children: nodes.Node) -> str:
    page = nodes.section("", nodes.paragraph("", "", *children))
    hold_together(page)
    return page.astext()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("99 % of 10 000", f"99{_}% of 10 000"),
        ("H = 64 to 256, a = b", f"H{_}={_}64 to 256, a = b"),
        ("so T = 1 时", f"so T{_}={_}1 时"),
        ("a → b · c", f"a →{_}b{_}· c"),
    ],
)
def test_names_numbers_and_signs(before, after):
    assert held(nodes.Text(before)) == after


def test_around_links_and_formulas():
    link = nodes.reference("", "07")
    assert held(nodes.Text("see → "), link) == f"see →{_}07"
    assert held(nodes.math("", "H"), nodes.Text(" = 64 to 256")) == f"H{_}={_}64 to 256"
    about = nodes.math("", r"\approx 0.1")
    assert held(nodes.literal("", "dc0"), nodes.Text(" "), about) == rf"dc0{_}\approx 0.1"
    for no_relation in ("x", r"\left( x \right)"):
        assert (
            held(nodes.Text("the norm "), nodes.math("", no_relation)) == f"the norm {no_relation}"
        )


def test_code_and_formulas_stay_as_they_are():
    assert held(nodes.literal("", "N = 1"), nodes.math("", "N = 1")) == "N = 1N = 1"
