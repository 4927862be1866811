"""What a trainee sees of chapter 4's widgets: on a telephone, and in a running JupyterLab."""

import nbformat
import pytest
from playwright.sync_api import expect

from creditlib.widgets.collection import (
    collection_desk,
    interest_desk,
    letter_editor,
    limitation_clock,
    the_call,
)
from creditlib.widgets.frame import drawn, framed, still

pytestmark = [
    pytest.mark.browser,
    # Jupyter's and Playwright's own libraries complain about themselves; that is not claimed here.
    pytest.mark.filterwarnings("ignore"),
]
WIDGETS = [collection_desk, letter_editor, the_call, limitation_clock, interest_desk]
SETUP = (
    'from creditlib import use_language\nuse_language("en")\n'
    "from creditlib.widgets import collection, show\n"
)
TOO_WIDE = """() => [...document.querySelectorAll("html, .credit-widget *:not(svg *)")]
    .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
    .map(each => each.outerHTML.slice(0, 200))"""
LETTERS = """() => [...document.querySelectorAll("svg")].flatMap(chart => {
    const paper = chart.getBoundingClientRect();
    return [...chart.querySelectorAll("text")].filter(letters => {
        const place = letters.getBoundingClientRect();
        return place.left < paper.left - 1 || place.right > paper.right + 1
            || place.bottom > paper.bottom + 1 || place.height < 9;
    }).map(letters => letters.textContent);
})"""


def put(page, html):
    page.set_content(f'<!doctype html><body style="margin:8px">{html}')


@pytest.mark.parametrize("make", WIDGETS)
def test_nothing_is_cut_off_on_a_telephone(make, telephone, lang):
    put(telephone, still(make()))
    assert telephone.evaluate(TOO_WIDE) == []
    assert telephone.evaluate(LETTERS) == []


@pytest.mark.parametrize("list_by", ["waiting", "amount", "age"])
def test_every_day_of_the_week_opens_on_a_telephone(list_by, telephone, lang):
    put(telephone, still(collection_desk(ranking=list_by)))
    telephone.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert telephone.evaluate(TOO_WIDE) == []


def test_a_call_that_is_over_can_be_read_on_a_telephone(telephone, lang):
    widget = the_call("disputing")
    values = widget.opening() | {"said": (*widget.opening()["said"], ("close", ""))}
    put(telephone, framed(drawn(widget, values)))
    assert telephone.evaluate(TOO_WIDE) == []


def test_moves_letters_and_days_are_at_work_in_jupyterlab(browser, lab, tmp_path):
    """In a real kernel: say a move and own words, go back; type a letter; pick a day."""
    cells = [
        f"{SETUP}show(collection.{made})"
        for made in ('the_call("forgetful", seed=2)', "letter_editor()", "limitation_clock()")
    ]
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    for number, cell in enumerate(book.cells):
        cell.id = f"cell-{number}"
    nbformat.write(book, tmp_path / "page.ipynb")
    page = browser.new_page(viewport={"width": 1280, "height": 5200})
    page.goto(f"{lab}lab/tree/page.ipynb?reset")
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(".credit-widget .notice", has_text="days left: 530").wait_for(timeout=60_000)

    ours = page.locator(".talk .ours")
    expect(ours).to_have_count(6, timeout=20_000)
    page.get_by_role("button", name="ask for a date").click()
    page.locator(".talk .ours", has_text="7 · ask for a date").wait_for(timeout=20_000)
    own = page.get_by_placeholder("Or say it in your own words")
    own.fill("Who signs it off?")
    own.press("Enter")
    page.locator(".talk .ours", has_text="Who signs it off?").wait_for(timeout=20_000)
    page.get_by_role("button", name="Step back").click()
    expect(ours).to_have_count(7, timeout=20_000)
    page.get_by_role("button", name="close", exact=True).click()
    page.locator(".credit-widget h5", has_text="Ten checks").wait_for(timeout=20_000)
    asking = page.get_by_role("button", name="ask for a date")
    expect(asking).to_be_disabled(timeout=20_000)

    letter = page.locator("textarea")
    page.locator("mark", has_text="arrested").wait_for(timeout=20_000)
    letter.fill("Pay RMB 250,000 by 9 January 2026.")
    page.locator("mark", has_text="250,000").wait_for(timeout=20_000)
    expect(page.locator("mark", has_text="arrested")).to_have_count(0, timeout=20_000)

    paid = page.locator(".widget-datepicker", has_text="Part payment on").locator("input")
    paid.fill("2025-05-06")
    paid.press("Tab")
    page.locator(".credit-widget .notice", has_text="day is 2028-05-06").wait_for(timeout=20_000)
    page.screenshot(path=tmp_path / "lab.png")
