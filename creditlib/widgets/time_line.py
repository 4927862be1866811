"""A time line as SVG: periods as bars, events as numbered dots, today as a line across."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from creditlib.plots import COLOURS
from creditlib.widgets.look import words

# Drawn this wide and shown at the width of the page, as the other charts are.
WIDTH, LETTERS, EDGE = 480, 16, 24
TOP, LANE, BAR = 34, 62, 16
YEARS_LABELLED = 6
DAY_ROOM = 100  # what a day takes in letters of this size
DOT, STEP = 22, 18  # across, and from one to the next so that the numbers can be read
HALO = 'paint-order="stroke" stroke="#fff" stroke-width="4"'  # letters stay clear of what is below


class Bar(NamedTuple):
    """A period: pale from `first` to `start`, where it began anew, and full from there to `end`."""

    name: str
    first: date
    start: date
    end: date
    colour: str


class Mark(NamedTuple):
    """A dot with a number in it on the first bar."""

    shown: str
    day: date
    colour: str


def time_line(
    title: str, bars: Sequence[Bar], marks: Sequence[Mark], today: tuple[str, date, str]
) -> str:
    """Return the drawing; `today` is its name, its day and its colour.

    >>> bar = Bar("period", date(2022, 1, 1), date(2022, 1, 1), date(2025, 1, 1), "#0072B2")
    >>> drawing = time_line("Clock", [bar], [], ("today", date(2024, 1, 1), "#D55E00"))
    >>> drawing.startswith("<svg") and ">2025-01-01<" in drawing
    True
    """
    days = [day for bar in bars for day in (bar.first, bar.end)]
    days += [*(mark.day for mark in marks), today[1]]
    low, high = min(days) - timedelta(60), max(days) + timedelta(60)
    height = TOP + LANE * len(bars) + 30

    def across(day: date) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * (day - low).days / (high - low).days

    parts = [_axis(low, high, across, height - 26)]
    lanes = [(bar, across, TOP + LANE * lane) for lane, bar in enumerate(bars)]
    parts += [_bar(*lane) for lane in lanes]
    parts.append(_today(today, across(today[1]), height - 26))
    parts += [_named(*lane) for lane in lanes]
    places = _apart([across(mark.day) for mark in marks])
    parts += [_dot(mark, x, TOP + 24 + BAR / 2) for mark, x in zip(marks, places, strict=True)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'class="time-line" '
        f'font-size="{LETTERS}" fill="{COLOURS["ink"]}"><title>{words(title)}</title>'
        f"{''.join(parts)}</svg>"
    )


def _axis(low: date, high: date, across, base: float) -> str:
    years = [year for year in range(low.year + 1, high.year + 1)]
    every = -(-len(years) // YEARS_LABELLED) if years else 1
    line = (
        f'<line x1="{EDGE}" y1="{base}" x2="{WIDTH - EDGE}" y2="{base}" '
        f'stroke="{COLOURS["quiet"]}"/>'
    )
    ticks = "".join(
        f'<line x1="{across(date(year, 1, 1)):.1f}" y1="{base}" '
        f'x2="{across(date(year, 1, 1)):.1f}" y2="{base + 5}" stroke="{COLOURS["quiet"]}"/>'
        + (_letters(across(date(year, 1, 1)), base + 21, str(year)) if place % every == 0 else "")
        for place, year in enumerate(years)
    )
    return f'<g class="axis">{line}{ticks}</g>'


def _bar(bar: Bar, across, top: float) -> str:
    first, start, end = across(bar.first), across(bar.start), across(bar.end)
    pale = (
        f'<rect x="{first:.1f}" y="{top + 24}" width="{start - first:.1f}" height="{BAR}" '
        f'fill="{bar.colour}" fill-opacity="0.25"/>'
    )
    full = (
        f'<rect x="{start:.1f}" y="{top + 24}" width="{end - start:.1f}" height="{BAR}" '
        f'fill="{bar.colour}"/>'
    )
    return f'<g class="axis">{pale}{full}</g>'


def _named(bar: Bar, across, top: float) -> str:
    """Return a bar's name above it and its last day: beside it, or above where there is no room."""
    end = across(bar.end)
    beside = end + DAY_ROOM < WIDTH
    x, y, anchor = (end + 6, top + 38, "start") if beside else (end, top + 18, "end")
    return (
        f'<text x="{EDGE}" y="{top + 18}" {HALO}>{words(bar.name)}</text>'
        f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" {HALO}>{bar.end.isoformat()}</text>'
    )


def _apart(places: Sequence[float]) -> list[float]:
    """Return places in order, moved back where dots would hide each other: a legend has the days.

    Back and not on: what has happened must not stand beyond today.

    >>> _apart([100, 105, 200])
    [87, 105, 200]
    """
    apart: list[float] = []
    for x in reversed(places):
        apart.insert(0, min(x, apart[0] - STEP) if apart else x)
    outside = max(DOT / 2 - apart[0], 0) if apart else 0
    return [x + outside for x in apart]


def _dot(mark: Mark, x: float, y: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y}" r="{DOT / 2:g}" fill="{mark.colour}" stroke="#fff" '
        f'stroke-width="2"/><text x="{x:.1f}" y="{y + 5}" text-anchor="middle" font-size="14" '
        f'fill="#fff">{words(mark.shown)}</text>'
    )


def _today(today: tuple[str, date, str], x: float, base: float) -> str:
    name, _, colour = today
    return (
        f'<line x1="{x:.1f}" y1="22" x2="{x:.1f}" y2="{base}" stroke="{colour}" '
        f'stroke-width="2" stroke-dasharray="5 4"/>'
        + _letters(min(max(x, EDGE), WIDTH - EDGE), 16, name, colour)
    )


def _letters(x: float, y: float, shown: str, colour: str = COLOURS["ink"]) -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="middle" fill="{colour}">{words(shown)}</text>'
