"""The one process of grading that opens the gradebook: `python -m … ASSIGNMENT` in a class.

Reads one result per line on its standard input, as `record` sends it, and says one line of JSON
when it is in the gradebook; asked for the marks, it says all of them. Whatever nbgrader prints
goes to the standard error, which is the log. What nbgrader's own `autograde` would have left is
what it leaves.
"""

import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import creditlib.classroom.light_start  # noqa: F401

# isort: split
import nbformat
from nbgrader import utils
from nbgrader.api import Gradebook, GradeCell, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import event
from traitlets.config.loader import Config, PyFileConfigLoader

from creditlib.classroom import notebooks
from creditlib.classroom.grading.rebuild import is_unanswered
from creditlib.classroom.grading.record import MARKS
from creditlib.classroom.nbgrader_child import read_marks
from creditlib.i18n import text

WAIT = 60  # seconds for formgrader to finish what it is writing
# What a kernel says of itself; the feedback page colours code by it.
LANGUAGE = {
    "name": "python",
    "version": platform.python_version(),
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


def main(assignment: str) -> None:
    """Record what comes in until there is no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    config = PyFileConfigLoader("nbgrader_config.py", path=os.getcwd()).load_config()
    with _gradebook() as gradebook:
        for line in sys.stdin.buffer:
            job = json.loads(line)
            if job == MARKS:
                print(json.dumps(read_marks(assignment)), file=answers)
                answers.flush()
                continue
            problem = _record(gradebook, config, assignment, job)
            print(json.dumps({"trainee": job["trainee"], "problem": problem}), file=answers)
            answers.flush()


def _record(gradebook: Gradebook, config: Config, assignment: str, job: Mapping) -> list | None:
    """Write a result, all of it or nothing; return why the gradebook cannot take it, if so."""
    trainee = job["trainee"]
    when = _read_time(Path("submitted", trainee, assignment, "timestamp.txt"))
    with _one_transaction(gradebook):
        try:
            master = gradebook.find_assignment(assignment).notebooks[0]
        except (MissingEntry, IndexError):
            return ["grading.record.no_assignment", {"assignment": assignment}]
        if job["notebook"] is None:
            _hand_in(gradebook, assignment, trainee, when)
            return None
        if {cell.name for cell in master.grade_cells} != {*job["scores"], *job["waiting"]}:
            return ["grading.record.other_cells", {"assignment": assignment}]
        target = Path("autograded", trainee, assignment, f"{master.name}.ipynb")
        notebook = _as_nbgrader_leaves_it(nbformat.from_dict(job["notebook"]), master)
        gradebook.update_or_create_student(trainee)
        gradebook.update_or_create_submission(assignment, trainee, **when)
        entry = gradebook.find_submission_notebook(master.name, assignment, trainee)
        _write_grades(entry, job, _texts(notebook), _texts_before(target))
        _write_comments(entry, job["findings"], notebook)
        _write_penalty(gradebook, config, entry)
    # After the gradebook, and the notebook with its stamp last: where it stands, all stands.
    _lay_down(target.parent, assignment, when)
    written = nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"
    _put(target, written.encode("utf-8", "replace"))
    return None


def _hand_in(gradebook: Gradebook, assignment: str, trainee: str, when: Mapping) -> None:
    """Note that a trainee handed in what cannot be graded; marks that there are stay."""
    gradebook.update_or_create_student(trainee)
    try:
        gradebook.find_submission(assignment, trainee)
    except MissingEntry:
        gradebook.add_submission(assignment, trainee, **when)


def _as_nbgrader_leaves_it(notebook: nbformat.NotebookNode, master) -> nbformat.NotebookNode:
    """Return the notebook with the gradebook's checksums, which say what was left untouched."""
    checksums = {cell.name: cell.checksum for cell in master.source_cells}
    for cell in notebook.cells:
        if notebooks.grade_id(cell) in checksums:
            cell.metadata.nbgrader["checksum"] = checksums[notebooks.grade_id(cell)]
    notebook.metadata["language_info"] = LANGUAGE
    return notebook


def _write_grades(entry, job: Mapping, now: Mapping, before: Mapping) -> None:
    for grade in entry.grades:
        if not isinstance(grade.cell, GradeCell):
            continue  # a task, which has no score but the one by hand
        settled = grade.manual_score is not None and not grade.needs_manual_grade
        question = notebooks.question_of(grade.name)
        same = question in before and before[question] == now.get(question)
        grade.auto_score = None if grade.name in job["waiting"] else job["scores"][grade.name]
        by_hand = grade.manual_score is not None or grade.auto_score is None
        grade.needs_manual_grade = by_hand and not (settled and same)


def _write_comments(entry, findings: Iterable, notebook: nbformat.NotebookNode) -> None:
    said: dict[str, list[str]] = {}
    for cell in notebook.cells:
        if notebooks.is_solution(cell) and is_unanswered(cell):
            said[notebooks.grade_id(cell)] = [text("grading.record.no_answer")]
    for key, values in findings:
        question = notebooks.question_of(str(values.get("cell")))
        said.setdefault(question, []).append(text(key, **values))
    for comment in entry.comments:
        comment.auto_comment = "\n\n".join(said.get(comment.name, ())) or None


def _write_penalty(gradebook: Gradebook, config: Config, entry) -> None:
    """Take off what the class's settings take off for a late submission: nothing, by default."""
    late = entry.assignment.total_seconds_late
    entry.late_submission_penalty = None
    if late > 0:
        gradebook.db.flush()
        gradebook.db.expire(entry)  # the sum of the marks is computed by the database
        rule = AssignLatePenalties(config=config)
        rule.init_plugin()
        penalty = rule.plugin_inst.late_submission_penalty(entry.student.id, entry.score, late)
        if penalty is not None:
            entry.late_submission_penalty = min(max(penalty, 0), entry.score)


def _texts(notebook: Mapping) -> dict[str, list[str]]:
    """Return the texts of each question's cells."""
    found: dict[str, list[str]] = {}
    for cell in notebook["cells"]:
        if name := notebooks.grade_id(cell):
            found.setdefault(notebooks.question_of(name), []).append(notebooks.source_of(cell))
    return found


def _texts_before(path: Path) -> dict[str, list[str]]:
    try:
        return _texts(notebooks.read_notebook(path))
    except (OSError, ValueError, LookupError, TypeError):
        return {}  # nothing graded yet, or half of a file: marks given by hand want another look


def _read_time(path: Path) -> dict[str, datetime]:
    """Return when it was handed in, if the file says it: a trainee may have written it."""
    try:
        return {"timestamp": utils.parse_utc(path.read_text(encoding="utf-8").strip())}
    except (OSError, ValueError, OverflowError):
        return {}


def _lay_down(folder: Path, assignment: str, when: Mapping[str, datetime]) -> None:
    """Put beside the notebook what nbgrader does: its time, and the assignment's other files."""
    for time in when.values():
        _put(folder / "timestamp.txt", f"{time.isoformat(' ', 'microseconds')} UTC".encode())
    source = Path("source", assignment)
    ignored = [*CourseDirectory().ignore, "*.ipynb"]
    for path in map(Path, utils.find_all_files(str(source), ignored)):
        _put(folder / path.relative_to(source), path.read_bytes())


def _put(target: Path, data: bytes) -> None:
    """Write a file that is read-only, as nbgrader's are, and never seen half written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    partial.unlink(missing_ok=True)
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444), "wb") as file:
        file.write(data)
    os.replace(partial, target)


@contextmanager
def _gradebook() -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{Path.cwd() / 'gradebook.db'}?timeout={WAIT}") as gradebook:
        gradebook.engine.dispose()

        # Python's driver would begin at the first change only, and a mark that formgrader gives
        # between our reading and our writing would be lost.
        @event.listens_for(gradebook.engine, "connect")
        def leave_transactions_alone(connection, _):
            connection.isolation_level = None

        @event.listens_for(gradebook.engine, "begin")
        def begin_at_once(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        yield gradebook


@contextmanager
def _one_transaction(gradebook: Gradebook) -> Iterator[None]:
    """Make one of all that nbgrader's API commits one by one."""
    gradebook.db.remove()
    with gradebook.engine.begin() as connection:
        gradebook.db.configure(
            bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False
        )
        try:
            yield
            gradebook.db.flush()
        finally:
            gradebook.db.remove()


if __name__ == "__main__":
    main(*sys.argv[1:])
