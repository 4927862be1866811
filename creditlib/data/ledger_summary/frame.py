"""The summary's paper: its style, and the pieces of HTML that its sections are made of.

The page is dressed like the course's widgets, wider and with borders that print; it has no script
and asks no other host for anything.
"""

from collections.abc import Iterable, Sequence

from creditlib.i18n import language
from creditlib.plots import COLOURS
from creditlib.widgets.look import STYLE as WIDGET_STYLE
from creditlib.widgets.look import words

STYLE = f"""{WIDGET_STYLE}<style>
body{{margin:0;background:#eef1f4}}
.credit-widget{{max-width:860px;margin:24px auto;padding:24px 36px 32px}}
.credit-widget h1{{font-size:24px;margin:0 0 4px;line-height:1.35}}
.credit-widget h2{{font-size:19px;margin:30px 0 6px;padding-top:14px;
border-top:2px solid {COLOURS["rule"]}}}
.credit-widget h3{{font-size:16px;margin:22px 0 2px}}
.credit-widget .about{{font-size:13px;color:#55636f}}
.credit-widget .figures{{display:grid;grid-template-columns:repeat(auto-fill,minmax(170px,1fr));
gap:10px;margin:14px 0}}
.credit-widget .figures div{{display:block;border:1px solid {COLOURS["rule"]};border-radius:6px;
padding:8px 12px}}
.credit-widget .figures dd{{font-size:20px;line-height:1.3;overflow-wrap:normal}}
.credit-widget .figures small{{display:block;font-size:12px;line-height:1.4;color:#55636f}}
.credit-widget .figures .bad dd{{color:{COLOURS["bad"]}}}
.credit-widget .charts{{grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:0 28px}}
.credit-widget .drawing{{max-width:520px}}
.credit-widget .notice.quiet{{font-size:inherit}}
.credit-widget table .words{{text-align:left;white-space:normal;overflow-wrap:break-word}}
.credit-widget table td{{vertical-align:top}}
.credit-widget table .under td{{padding-top:0;font-size:13px;color:#55636f}}
.credit-widget table .over td{{border-bottom:0}}
.credit-widget table th{{font-size:13px;color:#55636f;font-weight:600;white-space:normal;
overflow-wrap:normal}}
@page{{size:A4;margin:14mm}}
@media print{{
body{{background:none}}
.credit-widget{{max-width:none;margin:0;padding:0;border:0;font-size:12px;
print-color-adjust:exact;-webkit-print-color-adjust:exact}}
.credit-widget table,.credit-widget table th,.credit-widget .about{{font-size:11px}}
.credit-widget table .under td{{font-size:10.5px}}
.credit-widget .over{{break-after:avoid}}
.credit-widget .charts{{grid-template-columns:1fr 1fr}}
.credit-widget h2,.credit-widget h3{{break-after:avoid}}
.credit-widget tr,.credit-widget .notice,.credit-widget svg,
.credit-widget .charts section,.credit-widget .figures div{{break-inside:avoid}}
}}
@media (max-width:480px){{
.credit-widget{{margin:0;padding:14px 14px 24px;border:0;border-radius:0}}
.credit-widget .figures{{grid-template-columns:1fr 1fr;gap:8px}}
.credit-widget .figures dd{{font-size:17px}}
.credit-widget .stacked,.credit-widget .stacked tbody,.credit-widget .stacked thead{{display:block}}
.credit-widget .stacked tr{{display:grid;grid-template-columns:1fr 1fr 1fr}}
.credit-widget .stacked .words{{grid-column:1/-1}}
.credit-widget .stacked .words:not([colspan]){{border-bottom:0;padding-bottom:0}}
.credit-widget .stacked td.words:not([colspan]){{font-weight:600}}
}}
</style>"""


def document(title: str, body: Iterable[str]) -> str:
    """Return the whole page; `body` is HTML, `title` a text."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{words(title)}</title>{STYLE}</head>\n"
        f'<body><main class="credit-widget">{"".join(body)}</main></body></html>\n'
    )


def heading(level: int, content: str) -> str:
    """Return a heading."""
    return f"<h{level}>{words(content)}</h{level}>"


def about(content: str) -> str:
    """Return a remark in small letters."""
    return f'<p class="about">{words(content)}</p>'


def figures(tiles: Iterable[tuple[str, str, str, bool]]) -> str:
    """Return the key figures as tiles: name, figure, what it means, and whether it stands out."""
    cells = "".join(
        f'<div class="{"bad" if bad else "plain"}"><dt>{words(name)}</dt>'
        f"<dd>{words(figure)}</dd><small>{words(meaning)}</small></div>"
        for name, figure, meaning, bad in tiles
    )
    return f'<dl class="figures">{cells}</dl>'


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    in_words: Iterable[int] = (0,),
    under: Sequence[str] = (),
    stacked: bool = False,
) -> str:
    """Return a table; the columns `in_words` hold text, the others numbers already formatted.

    `under` gives each row a sentence that stands below it, over the whole width. A table of one
    column of words and three of numbers can be `stacked`: on a phone the words then stand above
    the numbers, which would have no room beside a customer's name.
    """
    in_words = set(in_words)

    def cells(kind: str, row: Sequence[str]) -> str:
        return "".join(
            f'<{kind} class="{"words" if place in in_words else "number"}">{words(cell)}</{kind}>'
            for place, cell in enumerate(row)
        )

    lines = []
    for number, row in enumerate(rows):
        if under:
            lines.append(f'<tr class="over">{cells("td", row)}</tr>')
            lines.append(
                f'<tr class="under"><td class="words" colspan="{len(headings)}">'
                f"{words(under[number])}</td></tr>"
            )
        else:
            lines.append(f"<tr>{cells('td', row)}</tr>")
    head = f"<thead><tr>{cells('th', headings)}</tr></thead>"
    kind = ' class="stacked"' if stacked else ""
    return f'<div class="wide"><table{kind}>{head}<tbody>{"".join(lines)}</tbody></table></div>'
