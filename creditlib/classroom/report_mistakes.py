"""Which misconceptions a class has, as the checks recorded them; nothing is run for it."""

import re
from collections.abc import Mapping
from functools import partial

from creditlib.classroom import notebooks
from creditlib.classroom import report_parts as parts
from creditlib.classroom.cohort import Cohort
from creditlib.classroom.marks import Marks
from creditlib.i18n import catalogue, text

FAULT = re.compile(r"\[([\w-]+)\]$")  # at the end of a check's recorded error


def mistakes_made(course: Cohort, assignment: str) -> dict[tuple[str, str], int]:
    """Return by how many trainees each misconception was shown, per question and misconception.

    Read from the errors of the graded cells in the notebooks that grading left behind: the first
    check of a question that failed, since nothing after it was asked.
    """
    known, found = catalogue("misconceptions"), {}
    for trainee in course.trainees(assignment):
        path = course.folder / "autograded" / trainee / assignment
        path /= course.source(assignment).name
        for cell in notebooks.read_notebook(path)["cells"] if path.exists() else ():
            for output in cell.get("outputs", ()) if notebooks.is_grade(cell) else ():
                fault = FAULT.search(str(output.get("evalue", "")))
                if fault and fault[1] in known:
                    question = notebooks.question_of(notebooks.grade_id(cell))
                    found[question, fault[1]] = found.get((question, fault[1]), 0) + 1
    return found


def mistakes_table(found: Mapping[tuple[str, str], int], marks: Marks, lang: str) -> str:
    """Return the misconceptions as a section of the report, most frequent first; empty if none."""
    say = partial(_say, lang)
    order = list(marks.questions)
    rows = [
        (parts.with_code(marks.named(question)), text(f"misconceptions.{fault}", lang), str(count))
        for (question, fault), count in sorted(
            found.items(), key=lambda item: (-item[1], order.index(item[0][0]))
        )
        if question in marks.questions
    ]
    if not rows:
        return ""
    head = [say("question"), say("mistake"), say("trainees")]
    return parts.section(say("mistakes"), parts.table(head, rows))


def _say(lang: str, name: str) -> str:
    return text(f"report.{name}", lang=lang)
