"""What a feedback page may show; `nbgrader_config.py` of each class names these.

nbgrader's own page runs whatever a submission's outputs and texts hold, and cuts a long message.
"""

import bleach
from nbconvert.filters import markdown2html
from nbconvert.preprocessors import Preprocessor

TEXT = "p br hr b i u s em strong sub sup small mark del ins span div blockquote pre code kbd"
PARTS = "h1 h2 h3 h4 h5 h6 ul ol li dl dt dd a img details summary"
TABLES = "table caption thead tbody tfoot tr th td colgroup col"
ATTRIBUTES = ("id", "class", "title", "alt", "href", "src", "colspan", "rowspan", "start")
STYLE = """
.output_area pre { white-space: pre-wrap; }
.rendered_html td, .rendered_html th { padding: 0.2em 0.8em 0.2em 0; text-align: left; }
"""


class FeedbackStyle(Preprocessor):
    """Adds to the page's style: a test's message is read whole, a table's columns stand apart."""

    def __init__(self, **settings):
        super().__init__(enabled=True, **settings)

    def preprocess(self, notebook, resources):
        """Return the notebook as it is, and the resources with the style added."""
        resources["inlining"]["css"].append(STYLE)
        return notebook, resources


def safe_html(html: str) -> str:
    """Return HTML with text, tables and pictures kept and everything that runs taken out.

    >>> safe_html("<p onclick='x()'>2</p><script>alert(1)</script>")
    '<p>2</p>alert(1)'
    """
    tags = set(f"{TEXT} {PARTS} {TABLES}".split())
    return bleach.clean(html, tags, list(ATTRIBUTES), strip=True)


def safe_markdown(text: str) -> str:
    """Return Markdown as HTML in which nothing runs.

    >>> safe_markdown("**a** <img src=x onerror=alert(1)>")
    '<p><strong>a</strong> <img src="x"></p>'
    """
    return safe_html(markdown2html(text)).strip()
