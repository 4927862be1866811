"""In JupyterLab chapter 4's widgets move: buttons speak, a letter is reviewed as it is typed."""

from datetime import date

import ipywidgets
import pytest

from creditlib.widgets.collection import (
    collection_desk,
    interest_desk,
    letter_editor,
    limitation_clock,
    the_call,
)
from creditlib.widgets.frame import Control, Widget, drawn, framed
from creditlib.widgets.jupyter import live
from creditlib.widgets.talk import Talk

WIDGETS = [collection_desk, letter_editor, the_call, limitation_clock, interest_desk]


def parts(box):
    """The controls by their description, and what is drawn."""
    controls = [*box.children[1].children, *box.children[3:]]
    return {getattr(each, "description", "") or "talk": each for each in controls}, box.children[2]


@pytest.mark.parametrize("make", WIDGETS)
def test_every_control_starts_where_its_definition_says(make, lang):
    widget = make()
    controls, result = parts(live(widget))
    assert [each.value for each in controls.values()] == list(widget.opening().values())
    assert result.value == framed(drawn(widget, widget.opening()))


def test_a_letter_is_reviewed_as_it_is_typed(in_english):
    controls, result = parts(live(letter_editor()))
    letter = controls["Letter"]
    assert isinstance(letter, ipywidgets.Textarea)
    assert letter.continuous_update
    assert ">arrested</mark>" in result.value
    letter.value = "Pay by 9 January 2026, or we will break your legs."
    assert ">arrested</mark>" not in result.value
    assert '<mark class="unlawful">' in result.value
    letter.value = "<script>alert(1)</script>"
    assert "<script" not in result.value


def test_a_day_that_is_picked_moves_the_clock_and_one_taken_out_is_asked_for(in_english):
    controls, result = parts(live(limitation_clock()))
    assert "2027-06-14" in result.value
    controls["Part payment on"].value = date(2025, 5, 6)
    assert "The last safe day is 2028-05-06" in result.value
    controls["Due on"].value = None
    assert "has no day; please fill it in" in result.value
    controls["Due on"].value = date(2023, 1, 31)
    assert "The last safe day is 2028-05-06" in result.value


def test_a_move_speaks_and_a_step_back_takes_it_back(in_english):
    controls, result = parts(live(the_call("forgetful", seed=2)))
    talk = controls["talk"]
    before = result.value
    talk.moves["ask_payment"].click()
    assert talk.value[-1] == ("ask_payment", "")
    assert "payment in full" in result.value
    talk.undo.click()
    assert result.value == before
    talk.anew.click()
    assert talk.value == ()
    assert "wait for you to speak" in result.value
    assert talk.undo.disabled
    assert talk.anew.disabled


def test_own_words_are_taken_for_the_moves_they_make(in_english):
    controls, result = parts(live(the_call("forgetful")))
    talk = controls["talk"]
    talk.typed.value = "Which day will you pay?"
    talk.send.click()
    assert talk.value[-1] == ("", "Which day will you pay?")
    assert talk.typed.value == ""
    assert "ask for a date" in result.value
    talk.send.click()
    assert len(talk.value) == 7  # nothing typed, nothing said


def test_the_return_key_says_it_too(in_english):
    talk = parts(live(the_call()))[0]["talk"]
    talk.typed.value = "Please pay in full."
    talk.typed._handle_custom_msg({"event": "submit"}, [])
    assert talk.value[-1] == ("", "Please pay in full.")


def test_at_the_end_no_move_is_offered_and_the_debrief_stands(in_english):
    controls, result = parts(live(the_call("evasive")))
    talk = controls["talk"]
    assert not any(button.disabled for button in talk.moves.values())
    talk.moves["close"].click()
    assert "Ten checks" in result.value
    assert all(button.disabled for button in talk.moves.values())
    assert talk.typed.disabled
    assert talk.send.disabled
    assert not talk.undo.disabled
    talk.undo.click()
    assert not talk.moves["close"].disabled


def test_with_somebody_else_on_the_line_a_step_back_leads_to_where_one_can_speak(in_english):
    """A talk that is longer than the call to this debtor: what comes after its end is dropped."""
    control = Control("said", "talk", "widgets.the_call.said", (), choices=(("A", (("a", "a"),)),))
    talk = Talk(control)
    talk.value = (("a", ""),) * 5
    talk.offer(lambda said: ("a",) if len(said) < 3 else ())
    assert talk.moves["a"].disabled
    talk.undo.click()
    assert len(talk.value) == 2


def test_a_new_kind_of_control_draws_anew_in_any_widget():
    controls = (
        Control("day", "date", "widgets.on", None),
        Control("words", "text", "widgets.off", "old"),
    )
    widget = Widget("the_call", controls, lambda day, words: f"<p>{day} {words}</p>")
    box = live(widget)
    assert "<p>None old</p>" in box.children[2].value
    box.children[1].children[0].value = date(2025, 12, 31)
    box.children[1].children[1].value = "new"
    assert "<p>2025-12-31 new</p>" in box.children[2].value
