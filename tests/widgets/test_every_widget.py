"""What is claimed of every chapter's widgets: the same on every run, nothing fetched, light."""

import re
import subprocess
import sys
from datetime import date

import pytest

from creditlib.widgets.assessment import ahp_board, limit_desk, scorecard_explorer
from creditlib.widgets.basics import dso_lab, policy_curve, terms_desk
from creditlib.widgets.collection import (
    collection_desk,
    interest_desk,
    letter_editor,
    limitation_clock,
    the_call,
)
from creditlib.widgets.frame import still
from tests.widgets.reading import render

WIDGETS = [
    *(terms_desk, policy_curve, dso_lab),
    *(scorecard_explorer, ahp_board, limit_desk),
    *(collection_desk, letter_editor, the_call, limitation_clock, interest_desk),
]


@pytest.mark.parametrize("make", WIDGETS)
def test_the_opening_state_is_the_same_letter_by_letter(make, lang):
    assert still(make()) == still(make())


@pytest.mark.parametrize("make", WIDGETS)
def test_nothing_in_it_is_a_script_or_fetched_or_dated(make, lang):
    drawing = still(make())
    assert "<script" not in drawing
    assert re.findall(r"(?:https?:)?//(?!www\.w3\.org)[\w.]+", drawing) == []
    assert "Generated" not in drawing


@pytest.mark.parametrize("make", WIDGETS)
def test_it_is_drawn_by_a_process_of_its_own_without_the_heavy_packages(make, lang):
    """What a browser's Python would have to load stays light, and no run differs from another."""
    code = f"""
import sys
from creditlib import use_language
from {make.__module__} import {make.__name__}
from creditlib.widgets.frame import still
from tests.widgets.reading import render
use_language({lang!r})
drawing = still({make.__name__}())
heavy = {{"numpy", "pandas", "matplotlib", "ipywidgets", "IPython", "sklearn"}}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
sys.stdout.buffer.write(drawing.encode())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode() == still(make())


@pytest.mark.parametrize(
    ("widget", "days"),
    [
        (limitation_clock, {"due": date(2023, 1, 1), "today": date(2025, 12, 31)}),
        (limitation_clock, {"due": date(2023, 1, 1), "today": date(2026, 1, 2)}),
        (limitation_clock, {"due": date(2025, 6, 30), "today": date(2025, 12, 31)}),
        (limitation_clock, {"due": date(2025, 6, 30), "today": date(2025, 12, 29)}),
        (interest_desk, {"due": date(2025, 12, 29), "paid": date(2025, 12, 31)}),
    ],
)
def test_one_day_is_not_one_days(in_english, widget, days):
    quiet = {"demand": None} if widget is limitation_clock else {"part": 0}
    shown = render(widget(), **days, **quiet)
    assert re.search(r"\b[Dd]ays[^:.]*: (only )?1\b", shown)
    assert re.findall(r"\b1 days\b", shown) == []
