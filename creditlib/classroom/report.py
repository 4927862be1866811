"""What an instructor keeps of a graded assignment: the gradebook (CSV) and one page (HTML)."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import mean, median

import creditlib
from creditlib.classroom import cohort
from creditlib.classroom import report_parts as parts
from creditlib.classroom.cohort import cohort_at
from creditlib.classroom.marks import (
    Marks,
    gradebook_csv,
    how_to_mark,
    read_marks,
    read_outline,
    weak_points,
)
from creditlib.classroom.report_mistakes import mistakes_made, mistakes_table
from creditlib.classroom.report_skills import skills_page, skills_section
from creditlib.classroom.skill_standing import graded_questions, questions_of, standings
from creditlib.classroom.skills import ASSIGNMENT as SELF_ASSESSMENT
from creditlib.classroom.skills import levels_csv, not_given, read_levels, read_skills
from creditlib.errors import InputError
from creditlib.i18n import text

ROOT = Path(creditlib.__file__).parent.parent


def report(
    folder: str | Path, assignment: str, outline: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Write `report/<assignment>-gradebook.csv` and `report/<assignment>.html` in the class.

    `outline` gives, per question, the points of the course outline that it checks; by default as
    in `course/syllabus.yml`.
    """
    course = cohort_at(folder, assignment)
    marks = read_marks(course, assignment)
    if not marks.marked:
        raise InputError("class.nothing_graded", assignment=assignment)
    outline = read_outline(ROOT, assignment, course.lang) if outline is None else outline
    place = course.folder / "report"
    gradebook, shown = place / f"{assignment}-gradebook.csv", place / f"{assignment}.html"
    cohort.write_whole(gradebook, gradebook_csv(marks, course.lang))
    how = how_to_mark(course, assignment, course.lang)
    skills = read_skills(ROOT)
    levels = read_levels(course, skills)
    if assignment == SELF_ASSESSMENT and skills:
        found = standings(skills, levels, graded_questions(course, ROOT), course.lang)
        missing = not_given(levels, skills)
        last = standing(marks, course.lang, how)
        made = skills_page(marks, found, levels, missing, last, course.lang)
        table = place / f"{assignment}-levels.csv"
        cohort.write_whole(table, levels_csv(levels, skills, course.lang))
        print(text("skills.written", levels=table))
    else:
        own = questions_of(marks, outline)
        rated = [one for one in standings(skills, levels, own, course.lang) if any(one.rated)]
        checked = [one for one in rated if one.questions]
        more = [skills_section(checked, course.lang, "head_here")] if checked else []
        if table := mistakes_table(mistakes_made(course, assignment), marks, course.lang):
            more.insert(0, table)
        made = page(marks, outline, course.lang, how, more)
    cohort.write_whole(shown, made.encode())
    print(text("report.written", page=shown, gradebook=gradebook))


def page(
    marks: Marks,
    outline: Mapping[str, Sequence[str]],
    lang: str,
    how: Sequence[str] = (),
    more: Sequence[str] = (),
) -> str:
    """Return the report as one HTML page that needs no other file; all names are escaped.

    `how` says how what waits is marked by hand; `more` are further sections, shown before the
    marks of each trainee.
    """
    say = partial(_say, lang)
    sections = [
        _overview(marks, lang, say),
        parts.section(
            say("distribution"),
            parts.histogram(
                [marks.percent(trainee) for trainee in marks.marked], say("distribution_about")
            ),
        ),
        parts.section(say("questions"), parts.rates(_named(marks)), _not_yet(marks, say)),
    ]
    if any(outline.get(question) for question in marks.questions):
        weak = weak_points(marks, outline)
        content = parts.rates(weak) if weak else parts.paragraph(say("no_weak"))
        sections.append(parts.section(say("weak"), content))
    sections += [*more, *standing(marks, lang, how)]
    title = say("title", assignment=marks.title or marks.assignment)
    return parts.document(title, lang, sections)


def standing(marks: Marks, lang: str, how: Sequence[str] = ()) -> list[str]:
    """Return the sections on each trainee: the marks, what waits, what could not be graded."""
    say = partial(_say, lang)
    sections = [parts.section(say("marks"), _totals(marks, say))]
    if marks.waiting:
        rows = [
            (who, ", ".join(_waits(marks, who, question, say) for question in questions))
            for who, questions in marks.waiting.items()
        ]
        listed = parts.table([say("trainee"), say("waits")], rows)
        sections.append(parts.section(say("waiting"), listed, *map(parts.paragraph, how)))
    if marks.problems:
        head = [say("trainee"), say("file"), say("what")]
        sections.append(parts.section(say("troubles"), parts.table(head, marks.problems)))
    return sections


def _overview(marks: Marks, lang: str, say) -> str:
    percents = [marks.percent(trainee) for trainee in marks.marked]
    so_far = "_so_far" if marks.waiting else ""
    found = parts.facts(
        {
            parts.number_of("count", len(percents), lang): len(percents),
            say(f"mean{so_far}"): parts.percent(mean(percents)),
            say(f"median{so_far}"): parts.percent(median(percents)),
            parts.number_of("manual", len(marks.waiting), lang): len(marks.waiting),
            parts.number_of("problems", len(marks.problems), lang): len(marks.problems),
        }
    )
    if not marks.waiting:
        return found
    note = say(
        "provisional",
        answers=sum(map(len, marks.waiting.values())),
        trainees=len(marks.waiting),
        maximum=f"{marks.maximum:g}",
    )
    return found + parts.paragraph(note, "note")


def _totals(marks: Marks, say) -> str:
    head = ["trainee", "points", "percent", *(["waits"] if marks.waiting else [])]
    rows = [
        (
            who,
            f"{marks.total(who):g} / {marks.maximum_so_far(who):g}",
            f"{marks.percent(who):.1f}",
            ", ".join(marks.waiting.get(who, ())),
        )
        for who in sorted(marks.marked, key=marks.percent, reverse=True)
    ]
    return parts.table(map(say, head), [row[: len(head)] for row in rows])


def _not_yet(marks: Marks, say) -> str:
    rated = marks.success()
    unmarked = [question for question in marks.by_waiting_question() if question not in rated]
    if not unmarked:
        return ""
    named = ", ".join(map(marks.named, unmarked))
    return parts.paragraph(parts.with_code(say("not_yet", questions=named)))


def _named(marks: Marks) -> dict[str, float]:
    """Return the success in each question, under its number, id and title."""
    return {parts.with_code(marks.named(name)): rate for name, rate in marks.success().items()}


def _waits(marks: Marks, trainee: str, question: str, say) -> str:
    changed = marks.trainees[trainee][question] is not None
    return say("look_again", question=question) if changed else question


def _say(lang: str, name: str, **values: object) -> str:
    return text(f"report.{name}", lang=lang, **values)
