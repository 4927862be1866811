"""What a trainee sees of chapter 1's widgets on a telephone."""

import pytest

from creditlib.widgets.basics import dso_lab, policy_curve, terms_desk
from creditlib.widgets.frame import still

pytestmark = [
    pytest.mark.browser,
    # Playwright's own libraries complain about themselves; that is not what is claimed here.
    pytest.mark.filterwarnings("ignore"),
]
WIDGETS = [terms_desk, policy_curve, dso_lab]


@pytest.mark.parametrize("make", WIDGETS)
def test_nothing_is_cut_off_on_a_telephone(make, telephone, lang):
    """Neither the widget itself nor a table in it is wider than the room that it has."""
    telephone.set_content(f'<!doctype html><body style="margin:8px">{still(make())}')
    too_wide = """() => [...document.querySelectorAll("html, .credit-widget *")]
        .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
        .map(each => each.outerHTML.slice(0, 200))"""
    assert telephone.evaluate(too_wide) == []


@pytest.mark.parametrize("make", WIDGETS)
def test_no_letter_of_a_chart_is_cut_off_or_too_small_to_read(make, telephone, lang):
    telephone.set_content(f'<!doctype html><body style="margin:8px">{still(make())}')
    faults = """() => [...document.querySelectorAll("svg")].flatMap(chart => {
        const paper = chart.getBoundingClientRect();
        return [...chart.querySelectorAll(".axis text")].filter(letters => {
            const place = letters.getBoundingClientRect();
            return place.left < paper.left - 1 || place.right > paper.right + 1
                || place.bottom > paper.bottom + 1 || place.height < 9;
        }).map(letters => letters.textContent);
    })"""
    assert telephone.evaluate(faults) == []
