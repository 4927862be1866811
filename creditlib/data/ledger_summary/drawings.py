"""The summary's own drawings as SVG text: balances by month end, what each customer owes.

Drawn `WIDTH` wide and shown at the width of the page, so that letters stay legible on a phone.
"""

import math
from collections.abc import Callable, Sequence

from creditlib.plots import COLOURS
from creditlib.widgets.look import words
from creditlib.widgets.svg import HEIGHT, LETTERS, WIDTH

RIGHT, TOP, BOTTOM = 14, 14, 30
ROW, BAR, LABELS = 46, 16, 4


def line(
    title: str,
    labels: Sequence[str],
    values: Sequence[float],
    colour: str,
    shown: Callable[[float], str],
) -> str:
    """Return a line as SVG, on an axis from zero (or the round mark below the lowest value).

    `labels` name the places, of which every so many are shown and always the last; `shown` formats
    a mark of the axis. A value that is NaN leaves a gap.

    >>> drawing = line("Past due", ["Jan", "Feb"], [1, 2], "#D55E00", "{:.0f}".format)
    >>> drawing.count("<polyline"), ">Feb</text>" in drawing
    (1, True)
    """
    known = [value for value in values if not math.isnan(value)]
    marks = _marks(min([0, *known]), max([0, *known]))
    left = max(_width(shown(mark)) for mark in marks) + 14
    across, up = WIDTH - left - RIGHT, HEIGHT - TOP - BOTTOM
    last = len(labels) - 1

    def x(place: int) -> float:
        return left + across * (place / last if last else 0.5)

    def y(value: float) -> float:
        return TOP + up * (marks[-1] - value) / (marks[-1] - marks[0])

    parts = []
    for mark in marks:
        parts.append(
            f'<line x1="{left:.1f}" x2="{WIDTH - RIGHT}" y1="{y(mark):.1f}" y2="{y(mark):.1f}"'
            f' stroke="{COLOURS["rule"]}"/>'
        )
        parts.append(_letters(left - 6, y(mark) + 5, shown(mark), "end"))
    for place in range(last, -1, -math.ceil(len(labels) / LABELS)):
        end = place == last and last > 0
        at = x(place) + (RIGHT if end else 0)
        parts.append(_letters(at, HEIGHT - 8, labels[place], "end" if end else "middle"))
    for run in _runs(values):
        points = " ".join(f"{x(place):.1f},{y(values[place]):.1f}" for place in run)
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="3"'
            ' stroke-linejoin="round" stroke-linecap="round"/>'
        )
        place = run[-1]
        parts.append(
            f'<circle cx="{x(place):.1f}" cy="{y(values[place]):.1f}" r="4" fill="{colour}"/>'
        )
    return _drawing(title, HEIGHT, parts)


def split_bars(
    title: str,
    rows: Sequence[tuple[str, Sequence[float], str]],
    keys: Sequence[tuple[str, str]],
) -> str:
    """Return horizontal bars in parts as SVG: label, amounts of the parts, total as shown.

    `keys` names the parts and gives their colours. Labels stand above their bars, cut off with an
    ellipsis where they are longer than the drawing is wide.

    >>> keys = (("due", "#D55E00"), ("not due", "#0072B2"))
    >>> split_bars("Who owes", [("A & B", (1, 3), "4")], keys).count("<rect")
    2
    """
    parts, at = [], 4
    for name, colour in keys:
        parts.append(f'<circle cx="{at + 5}" cy="{TOP}" r="5" fill="{colour}"/>')
        parts.append(_letters(at + 16, TOP + 5, name))
        at += 16 + _width(name) + 22
    longest = max((sum(amounts) for _, amounts, _ in rows), default=0) or 1
    for number, (label, amounts, total) in enumerate(rows):
        base = TOP + 22 + number * ROW
        room = WIDTH - 8 - _width(total) - 12
        parts.append(_letters(4, base + 14, _cut(label, room)))
        parts.append(_letters(WIDTH - 4, base + 14, total, "end"))
        left = 4.0
        for amount, (_, colour) in zip(amounts, keys, strict=True):
            wide = (WIDTH - 8) * amount / longest
            if wide > 0:
                parts.append(
                    f'<rect x="{left:.1f}" y="{base + 20}" width="{wide:.1f}" height="{BAR}"'
                    f' fill="{colour}"/>'
                )
            left += max(wide, 0)
    return _drawing(title, TOP + 26 + len(rows) * ROW, parts)


def _drawing(title: str, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' font-size="{LETTERS}" fill="{COLOURS["ink"]}"><title>{words(title)}</title>'
        f"{''.join(parts)}</svg>"
    )


def _letters(x: float, y: float, content: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words(content)}</text>'


def _marks(low: float, high: float) -> list[float]:
    """Return a few round marks of an axis that hold `low` and `high` between them."""
    if low == high:
        return [0.0, 1.0]
    magnitude = 10 ** math.floor(math.log10(high - low))
    step = next(
        size * magnitude for size in (0.2, 0.5, 1, 2) if (high - low) / (size * magnitude) <= 5
    )
    return [number * step for number in range(math.floor(low / step), math.ceil(high / step) + 1)]


def _runs(values: Sequence[float]) -> list[list[int]]:
    """Return the places of each unbroken stretch of values."""
    runs: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if math.isnan(value):
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _width(content: str) -> float:
    """Return about how wide a text is drawn: a hanzi as wide as it is high, a letter half."""
    return sum(LETTERS if ord(sign) > 0x2E7F else 0.56 * LETTERS for sign in content)


def _cut(content: str, room: float) -> str:
    if _width(content) <= room:
        return content
    while content and _width(content + "…") > room:
        content = content[:-1]
    return content + "…"
