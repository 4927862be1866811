"""What a trainee really sees: quizzes in a published page, widgets in a running JupyterLab."""

import json
import os

import nbformat
import pytest
from playwright.sync_api import expect

from creditlib.widgets.frame import still
from tests.widgets.test_every_widget import WIDGETS as ALL_WIDGETS

pytestmark = [
    pytest.mark.browser,
    # Jupyter's own libraries complain about themselves; that is not what is claimed here.
    pytest.mark.filterwarnings("ignore"),
]
WIDGETS = ("scorecard_explorer", "ahp_board", "limit_desk")
QUESTIONS = [
    {
        "question": "DSO 从 60 天降到 50 天，说明什么？",
        "type": "multiple_choice",
        "answers": [
            {"answer": "回款变快了", "correct": True},
            {"answer": "销售下降了", "correct": False, "feedback": "只看 DSO 看不出销售额。"},
        ],
    },
    {
        "question": "应收 100 万元，其中逾期 20 万元，逾期率是百分之几？",
        "type": "numeric",
        "answers": [
            {"value": 20, "correct": True},
            {"type": "default", "feedback": "逾期金额除以应收总额。"},
        ],
    },
]
SETUP = 'from creditlib import use_language\nuse_language("zh")\n'


def notebook(folder, *cells):
    path = folder / "page.ipynb"
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(SETUP + cell) for cell in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    for number, cell in enumerate(book.cells):
        cell.id = f"cell-{number}"
    nbformat.write(book, path)
    return path


def published(path):
    """Execute a page as the book build does, and return it as HTML."""
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter

    book = nbformat.read(path, as_version=4)
    os.environ["CREDITLIB_STATIC"] = "1"
    try:
        NotebookClient(book, resources={"metadata": {"path": str(path.parent)}}).execute()
    finally:
        del os.environ["CREDITLIB_STATIC"]
    body, _ = HTMLExporter(template_name="basic").from_notebook_node(book)
    page = path.with_suffix(".html")
    page.write_text(f'<!doctype html><meta charset="utf-8"><body>{body}', encoding="utf-8")
    return page


def test_a_quiz_answers_in_the_published_page_and_asks_no_other_host(browser, tmp_path):
    (tmp_path / "dso.json").write_text(json.dumps(QUESTIONS), encoding="utf-8")
    show = 'from creditlib.widgets import quiz\nquiz("dso.json")'
    address = published(notebook(tmp_path, show)).as_uri()
    page = browser.new_page()
    asked, problems = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    page.get_by_text("销售下降了").click()
    assert page.locator(".Feedback").first.inner_text() == "只看 DSO 看不出销售额。"
    page.get_by_text("回款变快了").click()
    assert page.locator(".Feedback").first.inner_text() == "对！"
    typed = page.locator("input.Input-text")
    typed.focus()
    typed.press_sequentially("80")
    typed.press("Enter")
    assert page.locator(".Feedback").nth(1).inner_text() == "逾期金额除以应收总额。"
    assert problems == []
    assert asked == [address]


def test_widgets_move_and_a_quiz_answers_in_jupyterlab(browser, lab, tmp_path):
    (tmp_path / "dso.json").write_text(json.dumps(QUESTIONS), encoding="utf-8")
    show = "from creditlib.widgets import assessment, quiz, show\n"
    widgets = [f"{show}show(assessment.{name}())" for name in WIDGETS]
    notebook(tmp_path, f'{show}quiz("dso.json")', *widgets)
    page = browser.new_page(viewport={"width": 1280, "height": 2600})
    page.goto(f"{lab}lab/tree/page.ipynb?reset")
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    decision = page.locator(".credit-widget .notice.good", has_text="1,800,000 元")
    decision.wait_for(timeout=60_000)
    terms = page.locator(".widget-slider", has_text="账期（天）").locator(".noUi-handle")
    terms.focus()
    for _ in range(6):
        terms.press("ArrowLeft")
    page.locator(".credit-widget .notice.good", has_text="业务需要").wait_for(timeout=20_000)
    named = page.get_by_role("slider", name="违约损失率 LGD", exact=True)
    field = page.get_by_role("textbox", name="违约损失率 LGD", exact=True)
    field.fill("62.5%")  # between two steps, where the handle cannot stand
    field.press("Enter")
    expect(named).to_have_attribute("aria-valuetext", "65", timeout=20_000)
    expect(field).to_have_value("62.5%")
    expect(page.locator(".noUi-handle:not([aria-label])")).to_have_count(0)
    page.get_by_text("销售下降了").click()
    page.locator(".Feedback", has_text="只看 DSO 看不出销售额。").wait_for(timeout=20_000)


@pytest.mark.parametrize("make", ALL_WIDGETS)
def test_no_table_hides_a_column_on_a_telephone(make, telephone, lang):
    """In the book, whose margins leave less room than the widget has alone."""
    telephone.set_content(f'<!doctype html><body style="margin:24px">{still(make())}')
    hidden = """() => [...document.querySelectorAll(".credit-widget .wide")]
        .filter(table => table.scrollWidth > table.clientWidth)
        .map(table => table.innerText)"""
    assert telephone.evaluate(hidden) == []
