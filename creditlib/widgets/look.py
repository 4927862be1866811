"""How widgets look: their style sheet, and the few pieces of HTML that they are made of."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import accumulate, pairwise

from creditlib.i18n import text
from creditlib.plots import COLOURS

LATIN = 'system-ui,"Segoe UI","Noto Sans",Arial'
CHINESE = '"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei"'
# Light in a dark theme too: the charts inside are drawn for white paper.
STYLE = f"""<style>
.credit-widget{{background:#fff;color:{COLOURS["ink"]};border:1px solid {COLOURS["rule"]};
border-radius:8px;padding:12px 16px;max-width:760px;overflow-wrap:anywhere;
font:15px/1.6 {LATIN},{CHINESE},sans-serif}}
.credit-widget:lang(zh){{font-family:{CHINESE},sans-serif}}
.credit-widget h4{{margin:0;font-size:18px;color:inherit}}
.credit-widget p{{margin:4px 0;color:inherit}}
.credit-widget h5{{margin:14px 0 2px;font-size:15px;color:inherit}}
.credit-widget dl{{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));
gap:6px 24px;margin:10px 0;padding:0}}
.credit-widget dl div{{display:flex;flex-wrap:wrap;align-content:start;
justify-content:space-between;gap:0 10px}}
.credit-widget dt{{font-weight:normal;margin:0;color:inherit}}
.credit-widget dd{{font-weight:600;margin:0;color:inherit}}
.credit-widget .track{{flex-basis:100%;height:5px;border-radius:3px;background:{COLOURS["rule"]}}}
.credit-widget .track b{{display:block;height:5px;border-radius:3px;background:{COLOURS["good"]}}}
.credit-widget .notice{{border-left:4px solid;padding:4px 10px;margin:8px 0;background:#f6f8fa}}
.credit-widget .notice.good{{border-color:{COLOURS["good"]}}}
.credit-widget .notice.bad{{border-color:{COLOURS["bad"]}}}
.credit-widget .notice.quiet{{border-color:{COLOURS["quiet"]};font-size:13px}}
.credit-widget .bars{{display:grid;grid-template-columns:minmax(5em,max-content) 1fr;
gap:5px 10px;align-items:center;margin:8px 0}}
.credit-widget .bars>div{{display:flex;align-items:center;gap:8px}}
.credit-widget .bars i{{height:18px;border-radius:2px;background:{COLOURS["quiet"]}}}
.credit-widget .bars>div>span{{white-space:nowrap}}
.credit-widget .bars .marked{{font-weight:600}}
.credit-widget .bars .marked i{{background:{COLOURS["bad"]}}}
.credit-widget .bars.plain i{{background:{COLOURS["good"]}}}
.credit-widget .bars.steps>div>b{{display:block;height:1px}}
.credit-widget .bars.steps i{{background:{COLOURS["bad"]}}}
.credit-widget .bars.steps .gain i{{background:{COLOURS["good"]}}}
.credit-widget .bars.steps .total{{font-weight:600}}
.credit-widget .legend{{display:flex;flex-wrap:wrap;gap:0 14px;font-size:13px}}
.credit-widget .legend i{{display:inline-block;width:11px;height:11px;margin-right:5px}}
.credit-widget .wide{{overflow-x:auto}}
.credit-widget table{{display:table;border-collapse:collapse;margin:8px 0;width:100%;
font-size:14px;color:inherit;font-variant-numeric:tabular-nums}}
.credit-widget table th,.credit-widget table td{{padding:3px 8px;text-align:right;
white-space:nowrap;border-bottom:1px solid {COLOURS["rule"]};color:inherit;background:none}}
.credit-widget table th:first-child,.credit-widget table td:first-child{{text-align:left}}
.credit-widget .charts{{display:grid;gap:0 20px;
grid-template-columns:repeat(auto-fit,minmax(280px,1fr))}}
.credit-widget svg{{display:block;width:100%;height:auto}}
.credit-widget svg.time-line{{max-width:560px}}
.credit-widget table.told td:first-child,.credit-widget table.told th{{white-space:normal}}
.credit-widget table.told th{{overflow-wrap:normal}}
.credit-widget table.told td:first-child{{width:100%}}
.credit-widget table.told td{{vertical-align:top}}
.credit-widget small{{display:block;font-size:12.5px;color:#5b6772}}
.credit-widget summary{{cursor:pointer;padding:2px 0}}
.credit-widget .letter{{white-space:pre-wrap;font-size:14px;border:1px solid {COLOURS["rule"]};
padding:8px 10px;margin:6px 0}}
.credit-live .letter{{max-height:520px;overflow-y:auto}}
.credit-widget mark{{background:#fdf1d0;color:inherit;padding:0 1px}}
.credit-widget mark.unlawful{{background:#f9d3c0}}
.credit-widget mark.advice{{background:#e3edf5}}
.credit-widget sup{{font-size:10px;line-height:0;font-weight:600}}
.credit-widget ul,.credit-widget ol{{margin:4px 0;padding-left:22px}}
.credit-widget li{{margin:3px 0;color:inherit}}
.credit-widget .findings .better{{display:block;white-space:pre-line;color:{COLOURS["good"]}}}
.credit-widget .findings.unlawful li::marker{{color:{COLOURS["bad"]}}}
.credit-widget .checks{{list-style:none;padding:0}}
.credit-widget .checks .good b{{color:{COLOURS["good"]}}}
.credit-widget .checks .bad b{{color:{COLOURS["bad"]}}}
.credit-widget .talk{{padding:4px 0;border-block:1px solid {COLOURS["rule"]}}}
.credit-live .talk{{display:flex;flex-direction:column-reverse;max-height:560px;overflow-y:auto}}
.credit-widget .talk p{{width:fit-content;max-width:82%;padding:6px 10px;border-radius:10px;
margin:5px 0}}
.credit-widget .talk .ours{{margin-left:auto;background:#e3edf5}}
.credit-widget .talk .ours.bad{{background:#f9d3c0}}
.credit-widget .talk .theirs{{background:#f1f3f5;border-left:4px solid {COLOURS["quiet"]}}}
.credit-widget .standing{{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;
margin:8px 0}}
.credit-widget .talk .warm,.credit-widget .talk .open{{border-color:{COLOURS["third"]}}}
.credit-widget .talk .annoyed{{border-color:{COLOURS["fifth"]}}}
.credit-widget .talk .angry{{border-color:{COLOURS["bad"]}}}
@media (max-width:480px){{
.credit-widget{{padding:10px}}
.credit-widget .bars{{grid-template-columns:1fr;gap:0}}
.credit-widget .bars>div{{margin-bottom:6px}}
.credit-widget table{{font-size:13px}}
.credit-widget table th,.credit-widget table td{{padding:3px 4px}}
.credit-widget table th,.credit-widget table td:first-child{{white-space:normal;
overflow-wrap:normal}}
}}
</style>"""


def words(value: object) -> str:
    """Return a text so that HTML shows it as it is.

    >>> words("< 8")
    '&lt; 8'
    """
    return escape(str(value))


def notice(message: str, kind: str) -> str:
    """Return one sentence that stands out; `kind` is "good", "bad" or "quiet"."""
    return f'<div class="notice {kind}">{words(message)}</div>'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; its first column is text, the others are numbers already formatted."""
    head = "".join(f"<th>{words(each)}</th>" for each in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{words(each)}</td>" for each in row) + "</tr>" for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide">{table}</div>'


def bars(rows: Sequence[tuple[str, float, str]], marked: Iterable[str] = ()) -> str:
    """Return horizontal bars of `(label, value ≥ 0, value as shown)`; `marked` labels stand out.

    They are HTML, not a picture: on a phone the letters keep their size.
    """
    marked = set(marked)
    longest = max(value for _, value, _ in rows) or 1
    lines = []
    for label, value, shown in rows:
        mark = ' class="marked"' if label in marked else ""
        bar = f'<i style="width:{66 * value / longest:.1f}%"></i>'
        lines.append(
            f"<span{mark}>{words(label)}</span><div{mark}>{bar}<span>{words(shown)}</span></div>"
        )
    return f'<div class="bars{"" if marked else " plain"}">{"".join(lines)}</div>'


def steps(rows: Sequence[tuple[str, float, str]], total: tuple[str, str]) -> str:
    """Return a waterfall: each row `(label, change, change as shown)` starts where the last ended.

    `total` is the label of their sum, which stands at the end, and the sum as shown.

    >>> drawing = steps([("margin", 60, "60"), ("carrying", -20, "−20")], ("left", "40"))
    >>> drawing.count("<i "), "left" in drawing
    (3, True)
    """
    ends = [0, *accumulate(change for _, change, _ in rows)]
    low, high = min(ends), max(ends)
    scale = 62 / (high - low or 1)
    spans = zip(rows, pairwise(ends), strict=True)
    changes = [(label, *span, shown) for (label, _, shown), span in spans]
    lines = []
    for label, start, end, shown in [*changes, (total[0], 0, ends[-1], total[1])]:
        kind = ("gain" if end >= start else "loss") + (" total" if label == total[0] else "")
        gap, width = scale * (min(start, end) - low), scale * abs(end - start)
        lines.append(
            f'<span class="{kind}">{words(label)}</span><div class="{kind}">'
            f'<b style="width:{gap:.1f}%"></b><i style="width:{width:.1f}%"></i>'
            f"<span>{words(shown)}</span></div>"
        )
    return f'<div class="bars steps">{"".join(lines)}</div>'


def legend(names: Iterable[tuple[str, str]]) -> str:
    """Return what the colours of a chart mean: `(name, colour)` each, in letters of the page."""
    entries = "".join(
        f'<span><i style="background:{colour}"></i>{words(name)}</span>' for name, colour in names
    )
    return f'<div class="legend">{entries}</div>'


def chart(title: str, drawing: str) -> str:
    """Return a drawing under its title, to stand beside others in `<div class="charts">`."""
    return f"<section><h5>{words(title)}</h5>{drawing}</section>"


def signed(value: float) -> str:
    """Return a number with its sign and two decimals.

    >>> signed(0.5), signed(-0.25)
    ('+0.50', '−0.25')
    """
    return f"{value:+.2f}".replace("-", "−")


def money(amount: float) -> str:
    """Return an amount in RMB, to the yuan, in the words of the language in use."""
    return text("widgets.money", amount=amount)


def large_money(amount: float) -> str:
    """Return a large amount in RMB as people say it: in 万元 in Chinese, in millions in English.

    >>> from creditlib import language, use_language
    >>> before = language()
    >>> use_language("en")
    >>> large_money(1_200_000), short_money(1_200_000), axis_money(-1_200_000)
    ('RMB 1.2 million', '1.20 m', '−1.2 m')
    >>> use_language(before)
    """
    return text("widgets.large.money", figure=_large_figure(amount, ",.10g"))


def short_money(amount: float) -> str:
    """Return a large amount for a column of a table: the same decimals in each, no currency."""
    decimals = text("widgets.large.decimals")
    return text("widgets.large.short", figure=_large_figure(amount, f",.{decimals}f"))


def axis_money(amount: float) -> str:
    """Return a large amount for the axis of a chart: no more decimals than it needs."""
    return text("widgets.large.short", figure=_large_figure(amount, ",.10g"))


def _large_figure(amount: float, shape: str) -> str:
    scaled = amount / float(text("widgets.large.unit"))
    rounded = round(scaled, int(text("widgets.large.decimals"))) or 0  # never minus zero
    return format(rounded, shape).replace("-", "−")
