"""The parts that an instructor's report is made of: HTML that needs no other file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from creditlib.classroom.marks import MASTERED
from creditlib.i18n import text

BANDS = 10  # of the histogram, ten percent each; 100 % falls in the last
CODE = re.compile(r"`([^`]+)`")
STYLE = """
body { font: 15px/1.5 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif;
  color: #222; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
table { border-collapse: collapse; } th, td { padding: .2rem .8rem; text-align: left; }
th { white-space: nowrap; }
tr + tr { border-top: 1px solid #ddd; } td.number { text-align: right; }
.facts { display: flex; gap: 2.5rem; } .facts b { display: block; font-size: 1.5rem; }
.note { border-left: 4px solid #c0562f; padding: .2rem .8rem; background: #fbf1ec; }
.bar { background: #e8eef5; width: 12rem; } .bar i { display: block; height: .8rem; }
.good { background: #2f6f9f; } .weak { background: #c0562f; }
@media print { body { margin: 0; max-width: none; } }
"""


class Html(str):
    """A text that is HTML already; any other is escaped where it is shown."""


def shown(value: str) -> str:
    """Return a value as HTML.

    >>> shown("<b>"), shown(Html("<b>"))
    ('&lt;b&gt;', '<b>')
    """
    return value if isinstance(value, Html) else escape(value)


def document(title: str, lang: str, parts: Iterable[str]) -> str:
    """Return a page with its title and its parts."""
    title = shown(title)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>{''.join(parts)}</body></html>\n"
    )


def facts(found: Mapping[str, object]) -> str:
    """Return a row of names with their numbers above them."""
    each = "".join(
        f"<div><b>{shown(str(value))}</b>{shown(name)}</div>" for name, value in found.items()
    )
    return f'<div class="facts">{each}</div>'


def number_of(what: str, count: int, lang: str) -> str:
    """Return what a number counts, in the singular or in the plural.

    >>> number_of("problems", 1, "en")
    'submission not taken or not gradable'
    """
    return text(f"report.{what}.{'one' if count == 1 else 'many'}", lang=lang)


def percent(value: float) -> str:
    """Return a number of percent with one decimal, if it has any.

    >>> percent(41.53), percent(100.0)
    ('41.5%', '100%')
    """
    return f"{value:.1f}".removesuffix(".0") + "%"


def with_code(words: str) -> Html:
    """Return words in which what stands between backticks is shown as code.

    >>> with_code("10 `countback` <b>")
    '10 <code>countback</code> &lt;b&gt;'
    """
    return Html(CODE.sub(r"<code>\1</code>", escape(words)))


def section(head: str, *parts: str) -> str:
    """Return a part of the page under a head."""
    return f"<section><h2>{shown(head)}</h2>{''.join(parts)}</section>"


def paragraph(words: str, kind: str = "") -> str:
    """Return a paragraph; `kind` `note` sets it apart."""
    return f'<p class="{kind}">{shown(words)}</p>' if kind else f"<p>{shown(words)}</p>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    first = "".join(f"<th>{shown(name)}</th>" for name in head)
    others = "".join(
        f"<tr>{''.join(f'<td>{shown(value)}</td>' for value in row)}</tr>" for row in rows
    )
    return f"<table><tr>{first}</tr>{others}</table>"


def bar(rate: float) -> Html:
    """Return a share between 0 and 1 as a bar, in another colour below what counts as mastered."""
    kind = "good" if rate >= MASTERED else "weak"
    return Html(f'<div class="bar"><i class="{kind}" style="width:{rate:.0%}"></i></div>')


def rates(found: Mapping[str, float]) -> str:
    """Return names with their shares, as numbers and as bars."""
    rows = "".join(
        f'<tr><td>{shown(name)}</td><td class="number">{rate:.0%}</td><td>{bar(rate)}</td></tr>'
        for name, rate in found.items()
    )
    return f"<table>{rows}</table>"


def histogram(percents: Sequence[float], about: str) -> str:
    """Return how many of `percents` fall in each ten, as a drawing; `about` says what it shows."""
    counts = [0] * BANDS
    for percent in percents:
        counts[min(int(percent * BANDS / 100), BANDS - 1)] += 1
    width, height, highest = 56, 140, max(counts)
    parts = []
    for band, count in enumerate(counts):
        tall, left = round(height * count / highest), band * width
        parts.append(
            f'<rect x="{left + 3}" y="{20 + height - tall}" width="{width - 6}" height="{tall}"'
            f' fill="#2f6f9f"/><text x="{left + width / 2}" y="{height + 36}"'
            f' text-anchor="middle">{band * 10}–{band * 10 + 10}</text>'
        )
        if count:
            parts.append(
                f'<text x="{left + width / 2}" y="{15 + height - tall}"'
                f' text-anchor="middle">{count}</text>'
            )
    size = f'width="{BANDS * width}" height="{height + 44}"'
    about = shown(about)
    return (
        f'<svg {size} role="img" aria-label="{about}" font-size="12">'
        f'<line x1="0" x2="{BANDS * width}" y1="{20 + height}" y2="{20 + height}" stroke="#888"/>'
        f"{''.join(parts)}</svg><p>{about}</p>"
    )
