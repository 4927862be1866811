"""What a reader sees of a widget, and where a trainee can leave its controls."""

import html
import re
from datetime import date

from hypothesis import strategies as st

# A test looks for NaN and None in what is drawn: nobody types them here.
TYPED = st.text(max_size=200).filter(lambda words: not re.search("nan|inf|none", words, re.I))


def said(drawing):
    """The text that a reader sees, without tags and style."""
    without_style = re.sub(r"<style.*?</style>", "", drawing, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without_style)).split())


def render(widget, **values):
    return said(widget.render(**widget.opening() | values))


def places(control):
    """Every value at which a trainee can leave a control."""
    if control.kind == "choice":
        return st.sampled_from([value for _, value in control.choices])
    if control.kind == "toggle":
        return st.booleans()
    if control.kind == "date":
        return st.none() | st.dates(date(2017, 1, 1), date(2032, 12, 31))
    if control.kind == "text":
        return TYPED | st.sampled_from(["", control.start, control.start[:100]])
    if control.kind == "talk":
        moves = st.sampled_from([move for _, group in control.choices for _, move in group])
        own = TYPED.map(lambda words: ("", words[:60] or "…"))
        return st.lists(moves.map(lambda move: (move, "")) | own, max_size=14).map(tuple)
    steps = round((control.high - control.low) / control.step)
    return st.integers(0, steps).map(lambda step: control.low + step * control.step)
