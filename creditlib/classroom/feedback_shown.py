"""What a trainee wrote and what it showed, as HTML in which nothing runs and nothing is fetched."""

import base64
import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import accumulate

import bleach
import mistune
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from creditlib.classroom.feedback_said import COLOUR, stopped, warned
from creditlib.classroom.notebooks import source_of
from creditlib.i18n import text

PAGE = 900_000  # bytes of a page for what a trainee wrote and what it showed, figures apart
LONGEST_OUTPUT, LONGEST_SOURCE = 5_000, 30_000  # characters
LONGEST_COLOURED, LONGEST_TEXT, LONGEST_HTML = 10_000, 20_000, 60_000
MOST_OUTPUTS = 40  # of a cell
DEEPEST = 50  # elements in one another: cleaning what is deeper takes very long
PICTURES = ("image/png", "image/jpeg")
TEXT = "p br hr b i u s em strong del sub sup small mark span div blockquote pre code kbd a img"
PARTS = "h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td"
ATTRIBUTES = {"a": ["href"], "th": ["colspan", "rowspan"], "td": ["colspan", "rowspan"]}
TAG = re.compile(r"<(/?)(?!(?:br|hr|img|col)\b)[a-z]", re.IGNORECASE)
UNSEEN = re.compile(r"<(script|style|template|title)\b.*?(</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
PLACE = re.compile(r"(?:/[^\s/:'\"]+)+/(?=[^\s/])")  # of a file on the instructor's machine
CODE = re.compile(r"`([^`\n]+)`")


class Shown:
    """Makes the parts of one page, in its language, until the page is full."""

    def __init__(self, lang: str):
        self.lang = lang
        self.room = PAGE

    def code(self, source: str) -> Markup:
        """Return Python in colours; what is very long is cut and has none."""
        source = source.strip("\n")
        if len(source) <= LONGEST_COLOURED:
            coloured = highlight(source, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
            return self._fitting(f'<pre class="code">{coloured}</pre>')
        return self._fitting(f'<pre class="code">{self._cut(source, LONGEST_SOURCE)}</pre>')

    def written(self, markdown: str) -> Markup:
        """Return a Markdown text; its formulas stay as they were typed."""
        if len(markdown) > LONGEST_TEXT:
            return self._fitting(f"<pre>{self._cut(markdown, LONGEST_SOURCE)}</pre>")
        return self._fitting(f'<div class="text">{safe_html(MARKDOWN(markdown))}</div>')

    def cell(self, cell: Mapping) -> Markup:
        """Return the text of a cell, as its kind is read."""
        made = self.code if cell["cell_type"] == "code" else self.written
        return made(source_of(cell))

    def outputs(self, cell: Mapping) -> list[Markup]:
        """Return what a cell showed, in order."""
        found = cell.get("outputs", ())[:MOST_OUTPUTS]
        return [Markup("").join(self._output(one)) for one in found]

    def _output(self, output: Mapping) -> Iterator[Markup]:
        kind = output.get("output_type")
        if kind == "stream":
            said = _joined(output.get("text", ""))
            if output.get("name") == "stderr":
                said = PLACE.sub("…/", warned(said, self.lang))
            yield self._text(said)
        elif kind == "error":
            yield Markup("<p>{}</p>").format(in_words(stopped(output, self.lang)))
        elif kind in ("display_data", "execute_result"):
            yield self._display({k: _joined(v) for k, v in output.get("data", {}).items()})

    def _display(self, data: Mapping[str, str]) -> Markup:
        for mime in PICTURES:
            if mime in data and re.fullmatch(r"[A-Za-z0-9+/=\s]+", data[mime]):
                return self._figure(mime, "".join(data[mime].split()))
        if "image/svg+xml" in data:
            # As a picture: in one, no script runs and nothing is fetched.
            drawn = base64.b64encode(data["image/svg+xml"].encode()).decode()
            return self._figure("image/svg+xml", drawn)
        html = data.get("text/html", "")
        if 0 < len(html) <= min(LONGEST_HTML, self.room) and _depth(html) <= DEEPEST:
            return self._fitting(f'<div class="text">{safe_html(html)}</div>')
        if "text/markdown" in data:
            return self.written(data["text/markdown"])
        return self._text(data.get("text/latex", "") or data.get("text/plain", ""))

    def _figure(self, mime: str, encoded: str) -> Markup:
        alt = text("feedback.figure", self.lang)
        return Markup('<img alt="{}" src="data:{};base64,{}">').format(alt, mime, encoded)

    def _text(self, said: str) -> Markup:
        return self._fitting(f"<pre>{self._cut(COLOUR.sub('', said), LONGEST_OUTPUT)}</pre>")

    def _cut(self, said: str, most: int) -> str:
        shown = escape(said[:most])
        left = len(said) - most
        return shown + escape(text("feedback.cut", self.lang, count=left)) if left > 0 else shown

    def _fitting(self, html: str) -> Markup:
        size = len(html.encode("utf-8", "replace"))
        if size > self.room:
            return Markup("<p>{}</p>").format(text("feedback.left_out", self.lang))
        self.room -= size
        return Markup(html)


def in_words(said: str) -> Markup:
    """Return a sentence in which what stands between backticks is shown as code.

    >>> in_words("`x = 1` <b>")
    Markup('<code>x = 1</code> &lt;b&gt;')
    """
    return Markup(CODE.sub(r"<code>\1</code>", escape(said)))


def safe_html(html: str) -> str:
    """Return HTML with texts and tables kept, and nothing that runs or fetches.

    >>> safe_html("<p onclick='x()'>2</p><script>alert(1)</script><img src='//host/x.png'>")
    '<p>2</p><img>'
    """
    tags = set(f"{TEXT} {PARTS}".split())
    return bleach.clean(UNSEEN.sub("", html), tags, ATTRIBUTES, ["http", "https"], strip=True)


def _depth(html: str) -> int:
    return max(accumulate(-1 if closing else 1 for closing in TAG.findall(html)), default=0)


class _Renderer(mistune.HTMLRenderer):
    """Shows a formula as it was typed, and of a picture what it is called."""

    def inline_math(self, formula: str) -> str:
        return f"<code>{escape(formula)}</code>"

    def block_math(self, formula: str) -> str:
        return f"<pre>{escape(formula)}</pre>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return escape(f"[{text}]")


MARKDOWN = mistune.create_markdown(
    renderer=_Renderer(escape=True), plugins=["strikethrough", "table", "math"]
)


def _joined(value: object) -> str:
    return value if isinstance(value, str) else "".join(map(str, value))
