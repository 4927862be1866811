"""The same definition moves in JupyterLab and stands still in the published page."""

import ipywidgets
import pytest

from creditlib.widgets import Control, Widget, show
from creditlib.widgets.assessment import ahp_board, limit_desk, scorecard_explorer
from creditlib.widgets.frame import drawn, still
from creditlib.widgets.jupyter import live


@pytest.fixture
def displayed(monkeypatch):
    """What `display` was asked to show."""
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    return shown


def inputs(box):
    return {each.description: each for each in box.children[1].children}


def test_a_slider_that_moves_draws_anew(in_english):
    box = live(limit_desk())
    assert "1,800,000" in box.children[2].value
    inputs(box)["Tangible net worth (RMB)"].value = 12e6
    assert "a limit of RMB 1,200,000" in box.children[2].value


def test_a_choice_and_a_toggle_draw_anew(in_english):
    box = live(scorecard_explorer())
    before = box.children[2].value
    inputs(box)["Characteristic"].value = "current ratio"
    assert box.children[2].value != before
    inputs(box)["Add 0.5 to empty cells"].value = True


def test_a_value_that_has_no_answer_says_why_and_the_widget_lives_on(in_english):
    fine = {"x": {"cuts": [1], "goods": [50, 40], "bads": [0, 10]}}
    box = live(scorecard_explorer(fine))
    assert "empty cell" in box.children[2].value
    inputs(box)["Add 0.5 to empty cells"].value = True
    assert "Information value" in box.children[2].value


@pytest.mark.parametrize("make", [scorecard_explorer, ahp_board, limit_desk])
def test_every_control_starts_where_its_definition_says(make, lang):
    widget = make()
    shown = [each.value for each in live(widget).children[1].children]
    assert shown == list(widget.opening().values())


def test_in_a_page_the_opening_state_is_shown(displayed, monkeypatch, lang):
    monkeypatch.setenv("CREDITLIB_STATIC", "1")
    show(limit_desk())
    assert [page.data for page in displayed] == [still(limit_desk())]
    assert "JupyterLab" in displayed[0].data


def test_in_jupyterlab_the_widget_itself_is_shown(displayed, monkeypatch):
    monkeypatch.delenv("CREDITLIB_STATIC", raising=False)
    show(limit_desk())
    assert [type(each) for each in displayed] == [ipywidgets.VBox]


def test_what_is_written_is_shown_as_it_is():
    control = Control("x", "choice", "widgets.on", 1, choices=(("<b>1</b>", 1),))
    widget = Widget("limit_desk", (control,), lambda x: "<p>drawn</p>")
    assert "&lt;b&gt;1&lt;/b&gt;" in still(widget)
    assert drawn(widget, {"x": 1}) == "<p>drawn</p>"
    assert isinstance(live(widget), ipywidgets.VBox)
