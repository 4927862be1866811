"""How a graded cell asks: data in, data out.

`expect` calls the trainee's function with plain values and compares the plain value that comes
back. When they differ it says, in the language in use, what was called, what was expected, what
came back, and the likely reason. Nothing in it needs the function to live in the same process.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy

from creditlib.i18n import text

from .reasons import difference_said, misconception, stopped, why_it_differs
from .values import TOLERANCE, difference, plain
from .words import call_text, code, joined, listed

__all__ = ["LEVELS", "TOLERANCE", "Mistake", "difference", "expect", "plain", "rated"]

LEVELS = range(5)  # of a skill, by which trainees rate themselves


class Mistake(AssertionError):
    """What a check found, as one message; a notebook shows it without a traceback.

    `message` is what the trainee reads; `fault` is the id of the misconception, `""` where none
    is known. `str` gives both, the fault in square brackets at the end: so it stands in the record
    of a graded notebook, where a report finds it, and is not shown.

    >>> error = Mistake("Divide by sales.", "markup-for-margin")
    >>> str(error), error._render_traceback_()
    ('Divide by sales. [markup-for-margin]', ['Divide by sales.'])
    """

    def __init__(self, message: str = "", fault: str = ""):
        super().__init__(message, fault)
        self.message = message
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.message} [{self.fault}]" if self.fault else self.message

    def _render_traceback_(self) -> list[str]:
        return [self.message]


def expect(
    function: Callable,
    inputs: Mapping | Sequence,
    expected: object,
    *,
    mistakes: Mapping[str, object] | None = None,
    why: str = "",
    tolerance: float = TOLERANCE,
) -> None:
    """Check that `function(*inputs)` (or `**inputs` for a mapping) gives `expected`.

    `mistakes` maps a misconception (its texts are in `locale/misconceptions.toml`) to the value
    that it would give here: when that is what came back, the message says what is wrong. `why` is
    said when neither a misconception nor the form of the value explains it. Numbers agree within
    `tolerance`, relative and absolute; `None` and NaN both mean "not defined"; frames, series and
    arrays are compared as columns and lists. A function that stops with an error is told the line
    of its own code, where the traceback has it.

    >>> expect(max, [3, 5], 5)
    >>> from creditlib import language, use_language
    >>> before = language(); use_language("en")
    >>> expect(min, [3, 5], 5)
    Traceback (most recent call last):
        ...
    creditlib.checks.Mistake: min(3, 5) should give 5, but gave 3.
    >>> use_language(before)
    """
    try:
        given = deepcopy(inputs)
        actual = function(**given) if isinstance(given, Mapping) else function(*given)
    except NotImplementedError:
        call = call_text(function, inputs)
        raise Mistake(text("checks.not_written", call=call)) from None
    except Exception as error:
        call = call_text(function, inputs)
        raise Mistake(stopped(call, expected, function, error)) from None
    place = difference(actual, expected, tolerance)
    if place is None:
        return
    said = difference_said(call_text(function, inputs), actual, expected, place)
    if fault := misconception(actual, mistakes or {}, tolerance):
        likely = text("checks.likely", reason=text(f"misconceptions.{fault}"))
        raise Mistake(joined(said, likely), fault)
    raise Mistake(joined(said, why_it_differs(actual, expected, place, why)))


def rated(
    levels: Mapping[str, int], skills: Sequence[str] | Mapping[str, str], at_end: bool = False
) -> None:
    """Check that `levels` gives each of `skills` a level, a whole number from 0 to 4.

    Which level it is does not matter: a self-assessment is to be complete and honest. The message
    names the skills that have no level (None counts as none) or one that cannot be; `skills` may
    give each id the name by which trainees know it. `at_end` says that the time for it comes when
    the course ends, so that a table still empty is told so and no more.

    >>> rated({"terms": 0, "law": 4}, ["terms", "law"])
    >>> from creditlib import language, use_language
    >>> before = language(); use_language("en")
    >>> rated({"terms": 0, "law": 5}, {"terms": "Terms", "law": "Legal risk"})
    Traceback (most recent call last):
        ...
    creditlib.checks.Mistake: Legal risk (law) is rated 5, but levels go from 0 to 4. \
[level-out-of-range]
    >>> use_language(before)
    """

    def fault(kind: str, words: str = "", **values: object) -> Mistake:
        return Mistake(text(f"checks.rated.{words or kind}", **values), kind)

    if not isinstance(levels, Mapping):
        raise fault("not-a-table")
    if unknown := [skill for skill in levels if skill not in skills]:
        raise fault("unknown-skill", skills=listed(unknown))
    missing = [skill for skill in skills if levels.get(skill) is None]
    if len(missing) == len(skills):
        raise fault("level-missing", "not-yet" if at_end else "none-yet")
    if missing:
        named = listed(_named(skill, skills) for skill in missing)
        raise fault("level-missing", skills=named)
    for skill in skills:
        if type(levels[skill]) is not int:  # True is no level, nor is "2" or 2.5
            kind = "level-not-whole"
        elif levels[skill] not in LEVELS:
            kind = "level-out-of-range"
        else:
            continue
        raise fault(kind, skill=_named(skill, skills), level=code(levels[skill]))


def _named(skill: str, skills: Sequence[str] | Mapping[str, str]) -> str:
    if isinstance(skills, Mapping):
        return text("checks.rated.named", name=skills[skill], skill=skill)
    return skill
