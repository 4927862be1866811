"""What an instructor keeps of a graded assignment: one page (HTML) and tables (CSV)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import creditlib
from creditlib.classroom import cohort, report_files
from creditlib.classroom import report_parts as parts
from creditlib.classroom.cohort import Cohort, cohort_at
from creditlib.classroom.marks import Marks, gradebook_csv, how_to_mark, read_marks, read_outline
from creditlib.classroom.report_actions import actions_section
from creditlib.classroom.report_alike import Alike
from creditlib.classroom.report_history import Stage, behind, history_section, read_stages
from creditlib.classroom.report_mistakes import Mistake, mistakes_made, mistakes_section
from creditlib.classroom.report_pairs import pairs_of, pairs_section
from creditlib.classroom.report_points import Point, points_section, read_points, standings
from creditlib.classroom.report_questions import Question, questions_of_report, questions_section
from creditlib.classroom.report_skills import skills_page, skills_section
from creditlib.classroom.report_trainees import overview, standing
from creditlib.classroom.report_work import Handed, blanks, read_handed
from creditlib.classroom.skill_standing import graded_questions, questions_of
from creditlib.classroom.skill_standing import standings as skill_standings
from creditlib.classroom.skills import ASSIGNMENT as SELF_ASSESSMENT
from creditlib.classroom.skills import levels_csv, not_given, read_levels, read_skills
from creditlib.errors import InputError
from creditlib.i18n import text

ROOT = Path(creditlib.__file__).parent.parent
FILES = ("trainees", "questions", "points", "misconceptions", "similarity")


@dataclass(frozen=True)
class Findings:
    """All that a report says of a class and an assignment."""

    marks: Marks
    handed: Handed = field(default_factory=Handed)
    points: Sequence[Point] = ()
    stages: Sequence[Stage] = ()
    mistakes: Sequence[Mistake] = ()
    questions: Sequence[Question] = ()
    pairs: Sequence[Alike] = ()


def report(folder: str | Path, assignment: str) -> None:
    """Write `report/<assignment>.html` and its CSV files in the class.

    For the self-assessment the page is on skills, with the levels as a CSV file.
    """
    course = cohort_at(folder, assignment)
    marks = read_marks(course, assignment)
    if not marks.marked:
        raise InputError("class.nothing_graded", assignment=assignment)
    place = course.folder / "report"
    gradebook, shown = place / f"{assignment}-gradebook.csv", place / f"{assignment}.html"
    cohort.write_whole(gradebook, gradebook_csv(marks, course.lang))
    how = how_to_mark(course, assignment, course.lang)
    if assignment == SELF_ASSESSMENT and read_skills(ROOT):
        made = _skills(course, marks, how)
    else:
        handed = read_handed(course, assignment)
        points = read_points(ROOT, assignment, course.lang)
        found = findings(marks, handed, points, read_stages(course, marks, ROOT))
        for file, rows in tables(found, course.lang).items():
            written = report_files.table_csv(file, rows, course.lang)
            cohort.write_whole(place / f"{assignment}-{file}.csv", written)
        made = page(found, course.lang, how, _rated_skills(course, marks))
    cohort.write_whole(shown, made.encode())
    print(text("report.written", page=shown, gradebook=gradebook, folder=place))


def findings(
    marks: Marks,
    handed: Handed,
    points: Sequence[Point] = (),
    stages: Sequence[Stage] = (),
) -> Findings:
    """Return what marks and work say of a class."""
    mistakes = mistakes_made(handed, marks)
    questions = questions_of_report(marks, blanks(handed), mistakes)
    return Findings(marks, handed, points, stages, mistakes, questions, pairs_of(handed))


def tables(found: Findings, lang: str) -> Mapping[str, Sequence[report_files.Row]]:
    """Return the rows of each CSV file."""
    rows = (
        report_files.trainee_rows(found.marks, found.handed.works, found.stages, lang),
        report_files.question_rows(found.questions, found.marks, lang),
        report_files.point_rows(standings(found.marks, found.points), lang),
        report_files.mistake_rows(found.mistakes, found.points, lang),
        report_files.pair_rows(found.pairs),
    )
    return dict(zip(FILES, rows, strict=True))


def page(found: Findings, lang: str, how: Sequence[str] = (), more: Sequence[str] = ()) -> str:
    """Return the report as one HTML page that needs no other file; all names are escaped.

    `how` says how what waits is marked by hand; `more` are further sections, shown before the
    marks of each trainee.
    """
    marks = found.marks
    sections = [
        actions_section(found.questions, marks, found.points, _also(found, lang), lang),
        overview(marks, lang),
        questions_section(found.questions, marks, lang),
        mistakes_section(found.mistakes, marks, found.points, lang),
        points_section(standings(marks, found.points), marks, lang),
        history_section(found.stages, lang),
        pairs_section(found.pairs, found.handed, marks, lang),
        *more,
        *standing(marks, lang, how, found.handed.works),
        report_files.files_section(marks.assignment, ("gradebook", *FILES), lang),
    ]
    title = text("report.title", lang=lang, assignment=marks.title or marks.assignment)
    return parts.document(title, lang, sections)


def _also(found: Findings, lang: str) -> list[tuple[str, str]]:
    """Return what else is to be looked at, each with the section where it stands."""
    counts = {
        "waiting": sum(map(len, found.marks.waiting.values())),
        "troubles": len(found.marks.problems),
        "history": len(behind(found.stages)),
        "alike": len(found.pairs),
    }
    return [
        (text(f"report.also.{name}", lang=lang, count=count), name)
        for name, count in counts.items()
        if count
    ]


def _skills(course: Cohort, marks: Marks, how: Sequence[str]) -> str:
    skills = read_skills(ROOT)
    levels = read_levels(course, skills)
    found = skill_standings(skills, levels, graded_questions(course, ROOT), course.lang)
    table = course.folder / "report" / f"{marks.assignment}-levels.csv"
    cohort.write_whole(table, levels_csv(levels, skills, course.lang))
    print(text("skills.written", levels=table))
    last = standing(marks, course.lang, how)
    return skills_page(marks, found, levels, not_given(levels, skills), last, course.lang)


def _rated_skills(course: Cohort, marks: Marks) -> list[str]:
    """Return the section on the skills that trainees rated and this assignment checks, if any."""
    skills = read_skills(ROOT)
    levels = read_levels(course, skills)
    own = questions_of(marks, read_outline(ROOT, marks.assignment, course.lang))
    rated = skill_standings(skills, levels, own, course.lang)
    checked = [one for one in rated if any(one.rated) and one.questions]
    return [skills_section(checked, course.lang, "head_here")] if checked else []
