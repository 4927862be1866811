"""The parts that an instructor's report is made of: HTML that needs no other file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from creditlib.classroom.report_drawings import interval_drawing, line_drawing
from creditlib.classroom.report_items import Interval
from creditlib.i18n import text

CODE = re.compile(r"`([^`]+)`")
WIDEST = 3  # columns that a telephone has room for
STYLE = """
body { font: 15px/1.5 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif;
  color: #222; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
body, summary, td { overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .4rem; }
h3 { font-size: 1rem; margin: .6rem 0 .2rem; }
/* Where there is more to the side, a shadow stands at that edge. */
.wide { overflow-x: auto; background:
  linear-gradient(90deg, #fff 40%, #fff0) 0 0 / 3rem 100% no-repeat local,
  linear-gradient(270deg, #fff 40%, #fff0) 100% 0 / 3rem 100% no-repeat local,
  linear-gradient(90deg, #0004, #0000) 0 0 / .8rem 100% no-repeat scroll,
  linear-gradient(270deg, #0004, #0000) 100% 0 / .8rem 100% no-repeat scroll; }
svg { max-width: 100%; height: auto; vertical-align: middle; }
td svg { min-width: 7rem; }
table { border-collapse: collapse; } th, td { padding: .25rem .7rem; text-align: left; }
td { vertical-align: top; }
td { min-width: 3rem; overflow-wrap: break-word; }
td:has(details), td.long { min-width: 12rem; } td:has(.tag) { min-width: 7rem; }
th { word-break: keep-all; overflow-wrap: normal; vertical-align: bottom; }
tr + tr { border-top: 1px solid #ddd; }
.facts { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; }
.facts b { display: block; font-size: 1.5rem; }
.note { border-left: 4px solid #c0562f; padding: .2rem .8rem; background: #fbf1ec; }
.first h2 { margin-top: .8rem; }
.first { border: 2px solid #2f6f9f; border-radius: 6px; padding: 0 1.2rem .4rem; }
.first li { margin: .5rem 0; }
.tag, .small { display: inline-block; } .first + .facts { margin-top: 1.2rem; }
.tag { border-radius: 3px; padding: .05rem .4rem; background: #e8eef5; }
.tag.not_yet, .tag.check { background: #f6ddd2; } .tag.mastered { background: #dcecdf; }
.small { color: #555; font-size: .85em; white-space: nowrap; } summary { cursor: pointer; }
.side { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
  gap: .8rem; } .side > div { min-width: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f6f6f6; padding: .5rem;
  margin: 0; font-size: 12px; }
@media screen and (max-width: 600px) {
  .stacks table, .stacks tbody, .stacks tr { display: block; } .stacks th { display: none; }
  .stacks tr + tr { padding: .5rem 0; }
  .stacks td { display: grid; grid-template-columns: 6.5rem 1fr; gap: .6rem; padding: .1rem 0; }
  .stacks td::before { content: attr(data-head); color: #555; font-size: .85em; }
  .stacks td:first-child { display: block; font-weight: 600; }
  .stacks td:has(> div:empty) { display: none; }
  .stacks td > div { min-width: 0; }
}
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
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>{''.join(parts)}</body></html>\n"
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


def section(head: str, *parts: str, name: str = "", kind: str = "") -> str:
    """Return a part of the page under a head; `name` is what a link in the page calls it."""
    about = "".join(f' {key}="{one}"' for key, one in (("id", name), ("class", kind)) if one)
    return f"<section{about}><h2>{shown(head)}</h2>{''.join(parts)}</section>"


def paragraph(words: str, kind: str = "") -> str:
    """Return a paragraph; `kind` `note` sets it apart."""
    return f'<p class="{kind}">{shown(words)}</p>' if kind else f"<p>{shown(words)}</p>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, which scrolls by itself where the page is narrow, and shows that it does.

    One of more than three columns is there a list instead, under what its first column holds, each
    value beside the head of its column.
    """
    first = "".join(f"<th>{shown(name)}</th>" for name in head)
    stacks = len(head) > WIDEST
    named = ["", *(head[1:] if stacks else [""] * len(head[1:]))]
    others = "".join(f"<tr>{''.join(map(_cell, row, named))}</tr>" for row in rows)
    kind = "wide stacks" if stacks else "wide"
    return f'<div class="{kind}"><table><tr>{first}</tr>{others}</table></div>'


def _cell(value: str, named: str) -> str:
    if not named:
        return f"<td{_long(value)}>{shown(value)}</td>"
    return f'<td{_long(value)} data-head="{escape(named)}"><div>{shown(value)}</div></td>'


def _long(value: str) -> str:
    return ' class="long"' if len(value) > 30 and not isinstance(value, Html) else ""


def details(summary: str, *parts: str) -> Html:
    """Return parts that are folded away under a summary."""
    return Html(f"<details><summary>{shown(summary)}</summary>{''.join(parts)}</details>")


def items(found: Iterable[str]) -> str:
    """Return a list."""
    return f"<ul>{''.join(f'<li>{shown(one)}</li>' for one in found)}</ul>"


def link(words: str, name: str) -> Html:
    """Return words that lead to the section `name` of the page."""
    return Html(f'<a href="#{name}">{shown(words)}</a>')


def tag(words: str, kind: str) -> Html:
    """Return words that stand out, coloured by their kind.

    >>> tag("<late>", "not_yet")
    '<span class="tag not_yet">&lt;late&gt;</span>'
    """
    return Html(f'<span class="tag {kind}">{shown(words)}</span>')


def interval(found: Interval, lang: str) -> Html:
    """Return a share with its 95 % interval and its number of trainees, drawn and in figures."""
    said = text(
        "report.interval",
        lang=lang,
        low=f"{found.low:.0%}",
        high=f"{found.high:.0%}",
        n=found.n,
    )
    figures = f'<b>{found.share:.0%}</b> <span class="small">{shown(said)}</span>'
    return Html(f"{interval_drawing(found)}<br>{figures}")


def line(percents: Sequence[float | None]) -> Html:
    """Return percents in the order of the assignments as a small line."""
    return Html(line_drawing(percents))


def beside(columns: Iterable[tuple[str, str]]) -> str:
    """Return texts under their heads, side by side where there is room, as they were written."""
    each = "".join(
        f"<div><h3>{shown(head)}</h3><pre>{shown(written)}</pre></div>" for head, written in columns
    )
    return f'<div class="side">{each}</div>'
