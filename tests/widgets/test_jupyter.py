"""The same definition moves in JupyterLab and stands still in the published page."""

import ipywidgets
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditlib.i18n import text
from creditlib.widgets import Control, Widget, show
from creditlib.widgets.assessment import ahp_board, limit_desk, scorecard_explorer
from creditlib.widgets.basics import dso_lab, policy_curve, terms_desk
from creditlib.widgets.collection import interest_desk
from creditlib.widgets.frame import drawn, framed, still
from creditlib.widgets.jupyter import live
from creditlib.widgets.look import notice
from creditlib.widgets.slide import read, shown
from tests.widgets.reading import places

SLIDING = [terms_desk, policy_curve, dso_lab, scorecard_explorer, limit_desk, interest_desk]


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
    widget, names = displayed
    assert isinstance(widget, ipywidgets.VBox)
    assert "aria-label" in names.data


def typed(make, label, words):
    """What a field says and the widget draws once these words are typed into it."""
    box = live(make())
    inputs(box)[label].field.value = words
    return inputs(box)[label].field.value, box.children[2].value


@pytest.mark.parametrize("words", ["0.05%", "0.05", " 0.05 % ", "０．０５％"])
def test_a_percentage_is_typed_as_it_is_shown(in_english, words):
    def agreed():
        return interest_desk(regime="agreed")

    daily = "Agreed daily (0: none)"
    said, drawing = typed(agreed, daily, words)
    assert said == "0.05%"
    assert drawing == framed(drawn(agreed(), agreed().opening() | {"daily": 0.0005}))


@pytest.mark.parametrize(
    ("label", "words", "then"),
    [
        ("Tangible net worth (RMB)", "12,000,000", "12,000,000"),
        ("Tangible net worth (RMB)", "12000000", "12,000,000"),
        ("Tangible net worth (RMB)", "−1,250,000", "-1,250,000"),
        ("PD", "2.25", "2.25%"),  # between two steps of the slider
        ("PD", "90%", "30.0%"),  # the slider's end
        ("PD", "0,05", "3.0%"),  # five hundredths, or five?
        ("PD", "soon", "3.0%"),
        ("PD", "nan", "3.0%"),
        ("Terms (days)", "5%", "60"),
        ("Terms (days)", "", "60"),
    ],
)
def test_a_field_takes_numbers_and_keeps_what_stood_there_else(in_english, label, words, then):
    assert typed(limit_desk, label, words)[0] == then


@given(values=st.data())
@pytest.mark.parametrize("make", SLIDING)
def test_a_field_reads_what_it_shows(make, values):
    """At every place of every slider."""
    for control in make().controls:
        if control.kind == "slider":
            value = values.draw(places(control))
            assert read(shown(value, control.number), control.number) == pytest.approx(value)


@given(daily=st.floats(0, 0.002), pd=st.floats(0.001, 0.3))
def test_what_is_given_at_the_start_is_what_is_drawn(daily, pd):
    given_to = []
    controls = (
        Control("daily", "slider", "widgets.on", daily, 0, 0.002, 0.0001, number=".2%"),
        Control("pd", "slider", "widgets.off", pd, 0.001, 0.3, 0.001, number=".1%"),
    )
    live(Widget("limit_desk", controls, lambda **values: given_to.append(values) or ""))
    assert given_to == [{"daily": daily, "pd": pd}]


def test_a_handle_that_the_browser_puts_on_a_step_moves_nothing(in_english):
    """Typed 12.5%, a slider of whole percents stands on 13: that is no move, one step on is."""
    slide = inputs(live(limit_desk()))["LGD"]
    slide.field.value = "62.5%"
    slide.slider.value = 65.0
    assert (slide.value, slide.field.value) == (0.625, "62.5%")
    slide.slider.value = 60.0
    assert (slide.value, slide.field.value) == (0.6, "60%")


def test_what_fails_says_so_and_does_not_leave_the_old_drawing(caplog, lang):
    control = Control("pd", "slider", "widgets.limit_desk.pd", 0.03, 0, 0.3, 0.01, number=".1%")
    box = live(Widget("limit_desk", (control,), lambda pd: f"<p>{1 / (pd - 0.05):.0f}</p>"))
    assert "<p>-50</p>" in box.children[2].value
    slide = box.children[1].children[0]
    slide.value = 0.05
    assert box.children[2].value == framed(notice(text("widgets.broken"), "bad"))
    assert "ZeroDivisionError" in caplog.text
    slide.value = 0.06
    assert "<p>100</p>" in box.children[2].value


def test_in_a_page_what_fails_stops_the_build(monkeypatch):
    monkeypatch.setenv("CREDITLIB_STATIC", "1")
    with pytest.raises(ZeroDivisionError):
        show(Widget("limit_desk", (), lambda: 1 / 0))


def test_what_is_written_is_shown_as_it_is():
    control = Control("x", "choice", "widgets.on", 1, choices=(("<b>1</b>", 1),))
    widget = Widget("limit_desk", (control,), lambda x: "<p>drawn</p>")
    assert "&lt;b&gt;1&lt;/b&gt;" in still(widget)
    assert drawn(widget, {"x": 1}) == "<p>drawn</p>"
    assert isinstance(live(widget), ipywidgets.VBox)
