"""The small drawings of an instructor's report, as SVG inside the page."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from creditlib.classroom.marks import MASTERED
from creditlib.classroom.report_items import Interval

BANDS = 10  # of the histogram, ten percent each; 100 % falls in the last
WIDE, TALL = 120, 16  # of a drawing in a table
GOOD, WEAK = "#2f6f9f", "#c0562f"


def interval_drawing(found: Interval) -> str:
    """Return a share as a bar, its 95 % interval as a line, and a tick at what counts as mastered.

    >>> interval_drawing(Interval(0.5, 0.25, 0.75, 12)).count("<rect")
    2
    """
    colour = GOOD if found.share >= MASTERED else WEAK
    low, high = (round(WIDE * end, 1) for end in (found.low, found.high))
    return (
        f'<svg viewBox="0 0 {WIDE} {TALL}" width="{WIDE}" height="{TALL}" aria-hidden="true">'
        f'<rect y="3" width="{WIDE}" height="10" fill="#e8eef5"/>'
        f'<rect y="3" width="{WIDE * found.share:.1f}" height="10" fill="{colour}"/>'
        f'<path d="M{WIDE * MASTERED:.1f} 0v{TALL}" stroke="#888" stroke-dasharray="2"/>'
        f'<path d="M{low} 8H{high}M{low} 5v6M{high} 5v6" stroke="#222" fill="none"/></svg>'
    )


def line_drawing(percents: Sequence[float | None]) -> str:
    """Return percents in order as a line of dots; where there is none the line is broken."""
    step = WIDE / max(1, len(percents))
    dots = [
        None if percent is None else (round(step * (place + 0.5), 1), round(34 - percent * 0.3, 1))
        for place, percent in enumerate(percents)
    ]
    joined = "".join(
        f'<path d="M{one[0]} {one[1]}L{other[0]} {other[1]}" stroke="{GOOD}"/>'
        for one, other in pairwise(dots)
        if one and other
    )
    shown = "".join(
        f'<circle cx="{dot[0]}" cy="{dot[1]}" r="3" fill="{GOOD if percent >= 60 else WEAK}"/>'
        for dot, percent in zip(dots, percents, strict=True)
        if dot
    )
    border = f'<path d="M0 {34 - 60 * 0.3:.0f}H{WIDE}" stroke="#bbb" stroke-dasharray="2"/>'
    size = f'viewBox="0 0 {WIDE} 38" width="{WIDE}" height="38"'
    return f'<svg {size} aria-hidden="true">{border}{joined}{shown}</svg>'


def histogram(percents: Sequence[float], about: str) -> str:
    """Return how many of `percents` fall in each ten, as a drawing; `about` says what it shows."""
    counts = [0] * BANDS
    for percent in percents:
        counts[max(0, min(int(percent * BANDS / 100), BANDS - 1))] += 1
    width, height, highest = 56, 140, max(counts)
    parts = []
    for band, count in enumerate(counts):
        tall, left = round(height * count / highest), band * width
        parts.append(
            f'<rect x="{left + 3}" y="{20 + height - tall}" width="{width - 6}" height="{tall}"'
            f' fill="{GOOD}"/><text x="{left + width / 2}" y="{height + 36}"'
            f' text-anchor="middle">{band * 10}–{band * 10 + 10}</text>'
        )
        if count:
            parts.append(
                f'<text x="{left + width / 2}" y="{15 + height - tall}"'
                f' text-anchor="middle">{count}</text>'
            )
    size = f'viewBox="0 0 {BANDS * width} {height + 44}" width="{BANDS * width}"'
    about = escape(about)
    return (
        f'<svg {size} role="img" aria-label="{about}" font-size="12">'
        f'<line x1="0" x2="{BANDS * width}" y1="{20 + height}" y2="{20 + height}" stroke="#888"/>'
        f"{''.join(parts)}</svg><p>{about}</p>"
    )
