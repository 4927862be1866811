"""The instructor's report in a real browser: from the disk, without a request, on a telephone."""

import pytest

from creditlib.classroom.marks import Marks
from creditlib.classroom.report import findings, page
from creditlib.classroom.report_history import Stage
from creditlib.classroom.report_points import Point
from creditlib.classroom.report_work import Handed, Work
from creditlib.i18n import text

pytestmark = pytest.mark.browser

LONG = "def f(x):\n    return [max(one, 7) for one in sorted(x) if one % 5 != 3]  # " + "x" * 300


@pytest.fixture
def written(tmp_path, lang):
    """A report with every section in it, hostile names and long lines of code."""
    names = [f"<img src='//example.org/{place}'>{'甲乙' * 20}" for place in range(12)]
    questions = ["countback", "dso", "memo"]
    trainees = {
        name: {q: float((place + shift) % 3 > 0) for shift, q in enumerate(questions)}
        for place, name in enumerate(names)
    }
    works = {
        name: Work(
            {q: LONG if place < 2 else f"y = {'2 * ' * (place + 1)}{place}" for q in questions},
            faults={"countback": "oldest-month-first"},
            level="full",
            repairs=["…"],
        )
        for place, name in enumerate(names)
    }
    marks = Marks("a1", dict.fromkeys(questions, 1.0), trainees, {names[0]: ["memo"]})
    percents = {name: marks.percent(name) for name in names}
    hand_in = dict.fromkeys(names, "late")
    stages = [Stage(str(number), f"作业 {number}", percents, hand_in) for number in range(6)]
    points = [Point("1.1.1", "A", questions, ["Page"]), Point("1.1.2", "B", [])]
    found = findings(marks, Handed(works), points, stages)
    assert found.pairs
    file = tmp_path / "report.html"
    file.write_text(page(found, lang, ["jupyter lab"]), encoding="utf-8")
    return file


@pytest.mark.parametrize("width", [1200, 360])
def test_the_report_opens_from_the_disk_and_never_scrolls_sideways(browser, written, width):
    shown = browser.new_page(viewport={"width": width, "height": 800})
    asked, errors = [], []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("console", lambda said: errors.append(said.text))
    shown.on("pageerror", lambda error: errors.append(str(error)))
    shown.goto(written.as_uri())
    for _ in range(2):  # folded, and with everything unfolded
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert shown.locator("pre").first.is_visible()
    assert shown.locator("img, script").count() == 0
    shown.locator("section.first a").first.click()
    assert asked == [written.as_uri()]
    assert errors == []
    shown.close()


HEADS = "getComputedStyle(cell, '::before').content"
HIDDEN = "[...document.querySelectorAll('.wide')].filter(one => one.scrollWidth > one.clientWidth)"
EDGES = "getComputedStyle(document.querySelector('.wide')).backgroundAttachment"


def test_on_a_telephone_a_table_of_many_columns_is_a_list_with_named_values(browser, written, lang):
    shown = browser.new_page(viewport={"width": 390, "height": 800})
    shown.goto(written.as_uri())
    assert shown.locator(".stacks").count() >= 3
    # Only a table of few columns may be wider than its frame, and then its edge says so.
    assert shown.evaluate(f"{HIDDEN}.filter(one => one.matches('.stacks')).length") == 0
    assert shown.evaluate(EDGES).split(", ") == ["local", "local", "scroll", "scroll"]
    found = shown.locator(".stacks td:nth-child(2)").first.evaluate(f"cell => {HEADS}")
    assert found == f'"{text("report.question_head.share", lang)}"'
    wide = browser.new_page(viewport={"width": 1280, "height": 800})
    wide.goto(written.as_uri())
    assert wide.locator(".stacks td:nth-child(2)").first.evaluate(f"cell => {HEADS}") == "none"
    assert wide.locator(".stacks th").first.is_visible()
    for one in (shown, wide):
        one.close()
