"""How widgets look: their style sheet, and the few pieces of HTML that they are made of."""

from collections.abc import Iterable, Sequence
from html import escape

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
.credit-widget .wide{{overflow-x:auto}}
.credit-widget table{{display:table;border-collapse:collapse;margin:8px 0;width:100%;
font-size:14px;color:inherit;font-variant-numeric:tabular-nums}}
.credit-widget table th,.credit-widget table td{{padding:3px 8px;text-align:right;
white-space:nowrap;border-bottom:1px solid {COLOURS["rule"]};color:inherit;background:none}}
.credit-widget table th:first-child,.credit-widget table td:first-child{{text-align:left}}
.credit-widget .charts{{display:grid;gap:0 20px;
grid-template-columns:repeat(auto-fit,minmax(280px,1fr))}}
.credit-widget svg{{display:block;width:100%;height:auto}}
.credit-live .widget-readout{{min-width:92px}}
@media (max-width:480px){{
.credit-widget{{padding:10px}}
.credit-widget .bars{{grid-template-columns:1fr;gap:0}}
.credit-widget .bars>div{{margin-bottom:6px}}
.credit-widget table{{font-size:13px}}
.credit-widget table th,.credit-widget table td{{padding:3px 4px}}
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
