"""What formgrader shows of a submission; `nbgrader_config.py` of each class names these.

nbgrader's own page runs whatever a submission's texts and outputs hold, in the browser of the
instructor, who may run code on the server: nothing of a submission may run there.
"""

from html import escape

from nbconvert.filters import markdown2html

from creditlib.classroom.feedback_shown import safe_html

MOST_TAGS = 3_000  # cleaning takes time by the square of what is nested
LONGEST = 60_000  # letters of a text


def clean_html(html: str) -> str:
    """Return HTML in which nothing runs; what would take long to clean is shown as it is written.

    >>> clean_html("<b onclick='x()'>2</b><iframe src='//host'></iframe>")
    '<b>2</b>'
    >>> clean_html("<div>" * 10_000)[:16]
    '<pre>&lt;div&gt;'
    """
    if html.count("<") > MOST_TAGS:
        return f"<pre>{escape(html[:LONGEST])}</pre>"
    return safe_html(html)


def clean_markdown(text: str) -> str:
    """Return Markdown as HTML in which nothing runs; what is very long is shown as it is written.

    >>> clean_markdown("**a** <script>alert(1)</script>").strip()
    '<p><strong>a</strong> </p>'
    """
    if len(text) > LONGEST:
        return f"<pre>{escape(text[:LONGEST])}</pre>"
    return clean_html(markdown2html(text))
