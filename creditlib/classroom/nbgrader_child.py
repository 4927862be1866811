"""The one module that runs nbgrader: `python -m … STEP ASSIGNMENT [TRAINEE …]` in a class.

It speaks one line of JSON per result on the standard output it was started with; whatever
nbgrader prints goes to the standard error, which is the log.
"""

import glob
import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

import creditlib.classroom.light_start  # noqa: F401


def main(step: str, assignment: str, *names: str) -> None:
    """Run one of nbgrader's steps in the working folder and say what came of it.

    `names` are trainees; for `mark`, trainee, graded cell and points, over and over.
    """
    from nbgrader import api

    api.get_alembic_version = newest_version
    tell = _private_output()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    if step == "marks":
        tell(read_marks(assignment))
    elif step == "generate":
        tell({"problem": _convert("GenerateAssignment", assignment, ".")})
    elif step == "mark":
        tell({"marked": _mark(assignment, names)})
    else:
        for trainee in names:
            tell({"trainee": trainee, "problem": _convert("GenerateFeedback", assignment, trainee)})


def newest_version() -> str:
    """Return the version of nbgrader's tables, for which nbgrader itself starts `alembic heads`.

    >>> len(newest_version())
    12
    """
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    return ScriptDirectory(ALEMBIC_DIR).get_current_head()


def _private_output() -> Callable[[dict], None]:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever nbgrader starts inherits 1 and 2: both are the log now

    def tell(result: dict) -> None:
        answers.write(json.dumps(result, ensure_ascii=False) + "\n")
        answers.flush()

    return tell


def _mark(assignment: str, marks: tuple[str, ...]) -> int:
    """Give marks by hand, as the formgrader does; return how many."""
    given = list(zip(marks[::3], marks[1::3], marks[2::3], strict=True))
    with _gradebook() as gradebook:
        notebook = gradebook.find_assignment(assignment).notebooks[0].name
        for trainee, cell, points in given:
            grade = gradebook.find_grade(cell, notebook, assignment, trainee)
            grade.manual_score, grade.needs_manual_grade = float(points), False
        gradebook.db.commit()
    return len(given)


def _gradebook():
    from nbgrader.api import Gradebook

    return Gradebook(f"sqlite:///{Path.cwd() / 'gradebook.db'}")


def _convert(converter_name: str, assignment: str, trainee: str) -> str | None:
    from nbgrader import converters
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=os.getcwd()).load_config()
    course = CourseDirectory(config=config, root=os.getcwd(), assignment_id=assignment)
    course.student_id = glob.escape(trainee)
    converter = getattr(converters, converter_name)(coursedir=course, config=config)
    converter.force = True
    causes = _Causes()
    converter.log.addHandler(causes)
    try:
        converter.start()
    except (Exception, SystemExit) as error:
        return causes.last or f"{type(error).__name__}: {error}"
    finally:
        converter.log.removeHandler(causes)
    return None


class _Causes(logging.Handler):
    """Catches the last line of a traceback: nbgrader logs it and raises "please see above"."""

    last = None

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage().strip()
        if "Traceback" in said:
            self.last = said.splitlines()[-1]


def read_marks(assignment: str) -> dict:
    """Return, per trainee and graded cell, the points and whether they wait for a person."""
    from nbgrader.api import BaseCell, Grade, SubmittedAssignment, SubmittedNotebook

    with _gradebook() as gradebook:
        wanted = SubmittedAssignment.assignment_id == gradebook.find_assignment(assignment).id
        ask = gradebook.db.query
        # One question for all: nbgrader's own objects would ask once for each mark.
        handed_in = ask(SubmittedAssignment.student_id).join(SubmittedNotebook).filter(wanted)
        found: dict[str, dict] = {trainee: {} for (trainee,) in handed_in}
        rows = (
            ask(SubmittedAssignment.student_id, BaseCell.name, Grade)
            .select_from(Grade)
            .join(BaseCell, Grade.cell_id == BaseCell.id)
            .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .filter(wanted)
        )
        for trainee, cell, grade in rows:
            waiting = bool(grade.needs_manual_grade)
            found[trainee][cell] = {"points": _points(grade), "waiting": waiting}
        return {"trainees": found}


def _points(grade) -> float | None:
    if grade.auto_score is None and grade.manual_score is None:
        return None
    return grade.score


if __name__ == "__main__":
    main(*sys.argv[1:])
