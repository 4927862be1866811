"""The part of an instructor's report on what trainees say of their own skills."""

from collections.abc import Mapping, Sequence
from functools import partial

from creditlib.classroom import report_parts as parts
from creditlib.classroom.marks import Marks
from creditlib.classroom.report_parts import Html, number_of
from creditlib.classroom.skill_standing import Standing
from creditlib.classroom.skills import TIMES, Levels
from creditlib.i18n import text

COUNTS = ("count_before", "count_after", "count_both")  # of those who rated a skill
STEP, SIDE = 34, 10  # of the drawing of a skill: pixels a level, and at both ends


def skills_page(
    marks: Marks,
    found: Sequence[Standing],
    levels: Levels,
    missing: Sequence[tuple[str, str, Sequence[str]]],
    standing: Sequence[str],
    lang: str,
) -> str:
    """Return the report on the self-assessment as one HTML page that needs no other file.

    `missing` is who left what unrated; `standing` are the sections on each trainee.
    """
    say = partial(_say, lang)
    counts = {time: sum(bool(given[time]) for given in levels.values()) for time in TIMES}
    facts = parts.facts(
        {
            say("handed_in"): len(levels),
            say("rated_before"): counts["before"],
            say("rated_after"): counts["after"],
            number_of("problems", len(marks.problems), lang): len(marks.problems),
        }
    )
    note = "" if counts["after"] else parts.paragraph(say("no_after"), "note")
    shown = [one for one in found if any(one.rated)]
    table = skills_section(shown, lang) if shown else parts.paragraph(say("nothing"), "note")
    listed = [_missing(missing, {one.skill: one.name for one in found}, say)] if missing else []
    return parts.document(say("title"), lang, [facts, note, table, *listed, *standing])


def skills_section(found: Sequence[Standing], lang: str, head: str = "head") -> str:
    """Return the table of skills: levels before and after, change, success, and what is far off."""
    say = partial(_say, lang)
    columns = ("skill", "levels", "before", "after", "change", *COUNTS, "success", "compared")
    table = parts.table([*map(say, columns)], [_row(one, say) for one in found])
    about = [parts.paragraph(say(name)) for name in ("about", "caution")]
    return parts.section(say(head), table, *about)


def _row(one: Standing, say) -> list[str]:
    none = say("none")
    success = none
    if one.success is not None:
        success = say("questions", rate=f"{one.success:.0%}", questions=one.questions)
    return [
        one.name,
        _drawing(one),
        none if one.before is None else f"{one.before:.1f}",
        none if one.after is None else f"{one.after:.1f}",
        none if one.change is None else f"{one.change:+.1f}",
        *map(str, one.rated),
        success,
        _far_apart(one, say) if one.confidence else "",
    ]


def _far_apart(one: Standing, say) -> str:
    return say(
        f"confidence.{one.confidence}",
        people=one.compared.people,
        level=f"{one.compared.level:.1f}",
        rate=f"{one.compared.success:.0%}",
    )


def _drawing(one: Standing) -> Html:
    """Return the levels 0 to 4 as a line with a ring for the mean before and a dot for after."""
    width = 4 * STEP + 2 * SIDE
    ticks = "".join(f"M{SIDE + level * STEP} 6v8" for level in range(5))
    drawn = f'<path d="M{SIDE} 10H{width - SIDE}{ticks}" stroke="#bbb" fill="none"/>'
    before, after = (
        None if level is None else round(SIDE + level * STEP, 1)
        for level in (one.before, one.after)
    )
    if before is not None and after is not None:
        drawn += f'<path d="M{before} 10H{after}" stroke="#2f6f9f" stroke-width="3"/>'
    if before is not None:
        drawn += f'<circle cx="{before}" cy="10" r="5" fill="#fff" stroke="#2f6f9f"/>'
    if after is not None:
        drawn += f'<circle cx="{after}" cy="10" r="5" fill="#2f6f9f"/>'
    size = f'viewBox="0 0 {width} 20" width="{width}" height="20"'
    return Html(f'<svg {size} aria-hidden="true">{drawn}</svg>')


def _missing(
    missing: Sequence[tuple[str, str, Sequence[str]]], names: Mapping[str, str], say
) -> str:
    rows = [
        (
            trainee,
            say(time),
            say("all_of_them")
            if len(skills) == len(names)
            else say("joint").join(names[skill] for skill in skills),
        )
        for trainee, time, skills in missing
    ]
    head = [say("trainee"), say("when"), say("which")]
    about = parts.paragraph(say("missing_about"))
    return parts.section(say("missing_head"), about, parts.table(head, rows))


def _say(lang: str, name: str, **values: object) -> str:
    return text(f"skills.{name}", lang=lang, **values)
