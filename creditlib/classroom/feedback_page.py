"""The page that a trainee reads: one HTML file that needs no other and in which nothing runs."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from creditlib.classroom.feedback import Feedback
from creditlib.classroom.feedback_reading import Place
from creditlib.classroom.feedback_shown import Shown, in_words
from creditlib.i18n import text

TEMPLATE = "feedback_page.template"
SIGNS = {"right": "✓", "partly": "◐", "wrong": "✗", "blank": "✗", "waits": "…"}


def page(
    found: Feedback,
    lang: str,
    *,
    trainee: str,
    assignment: str,
    graded_on: str,
    penalty: float = 0.0,
    places: Mapping[str, Sequence[Place]] | None = None,
) -> str:
    """Return the page in which every value is escaped that is not made safe on purpose.

    `penalty` is what is taken off for handing in late, `places` where to read again, per question.
    """
    return _template().render(
        lang=lang,
        found=found,
        shown=Shown(lang),
        signs=SIGNS,
        in_words=in_words,
        say=partial(_say, lang),
        of=partial(_of, lang),
        number="{:g}".format,
        trainee=trainee,
        assignment=assignment,
        graded_on=graded_on,
        penalty=penalty,
        places=places or {},
    )


@cache
def _template():
    """Return the template; whatever it shows is escaped."""
    folder = FileSystemLoader(Path(__file__).parent)
    settings = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    return Environment(loader=folder, autoescape=True, **settings).get_template(TEMPLATE)


def _say(lang: str, name: str, **values: object) -> str:
    return text(f"feedback.{name}", lang, **values)


def _of(lang: str, points: float | None, most: float) -> str:
    """Return points of points, as `2 / 3 points`."""
    count = "one" if most == 1 else "many"
    given = "–" if points is None else f"{points:g}"
    return _say(lang, f"of.{count}", points=given, most=f"{most:g}")
