"""Running a class: make it, release an assignment, collect, grade, feed back."""

import json
import shutil
import unicodedata
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import creditlib
from creditlib.classroom import cohort, intake, notebooks, steps
from creditlib.classroom.class_settings import check_settings, write_settings
from creditlib.classroom.cohort import Cohort, cohort_at
from creditlib.classroom.console import command_line, print_table, progress, this_program
from creditlib.classroom.grade import grade, read_waiting
from creditlib.classroom.intake import Returned
from creditlib.errors import CreditError, InputError
from creditlib.i18n import checked_language, language, text

__all__ = ["collect", "feedback", "grade", "new", "release"]

SOLUTIONS = Path(creditlib.__file__).parent.parent / "solutions"
FOLDERS = ("source", "release", "submitted", "autograded", "feedback", "logs", "records")


def new(folder: str | Path, lang: str | None = None, solutions: str | Path = SOLUTIONS) -> None:
    """Make a class in `folder`: an nbgrader course directory with every assignment's source.

    The folder must be empty or not there. `lang` is what the trainees read, by default the
    language in use.
    """
    cohort.needs("nbgrader", "jupytext")
    folder = Path(folder).resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("class.not_empty", folder=folder)
    make(folder, checked_language(lang or language()), Path(solutions))


def make(folder: Path, lang: str, solutions: Path) -> None:
    """Write the class's files into `folder`; `class.json` comes last, so with it all is there."""
    if set("*?[]") & set(str(folder)):
        raise InputError("class.folder_name", folder=folder)
    pages = sorted((solutions / lang).glob("*/*.md"))
    if not pages:
        raise InputError("class.no_solutions", folder=solutions / lang)
    sources = {page: notebooks.from_markdown(page) for page in pages}
    guides = [path for path in (solutions / lang).glob("*/marking/**/*") if path.is_file()]

    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for page, notebook in sources.items():
        target = folder / "source" / page.parent.name / f"{page.stem}.ipynb"
        cohort.write_whole(target, notebook)
    for guide in guides:
        assignment, _, *inside = guide.relative_to(solutions / lang).parts
        target = cohort.marking_guides(folder, assignment).joinpath(*inside)
        cohort.write_whole(target, guide.read_bytes())
    write_settings(folder, lang)
    about = {
        "language": lang,
        "course": creditlib.__version__,
        "solutions": cohort.stamp(*sources.values()),
    }
    cohort.write_whole(folder / "class.json", json.dumps(about, indent=1).encode())
    names = sorted({page.parent.name for page in pages})
    following = command_line(*this_program(), "class", "release", folder, names[0])
    listed = text("class.joint").join(names)
    print(text("class.made", folder=folder, assignments=listed, command=following))
    if guides:
        print(text("class.guides", folder=folder / "marking"))


def release(folder: str | Path, assignment: str) -> None:
    """Make the trainees' notebook, and check that it shows no answer and no hidden test.

    Where nbgrader makes none, the earlier one stands.
    """
    course = cohort_at(folder, assignment)
    check_settings(course)
    source = notebooks.read_notebook(course.source(assignment))
    earlier = next((course.folder / "release" / assignment).glob("*.ipynb"), None)
    before = earlier and earlier.read_bytes()
    try:
        steps.run_once(course, "generate", assignment)
    except BaseException as error:
        if earlier:  # nbgrader begins by deleting it
            cohort.write_whole(earlier, before)
            changed = text("class.joint").join(sorted(_ids(source) ^ _ids(json.loads(before))))
            if changed and isinstance(error, CreditError):
                values = {"assignment": assignment, "cells": changed}
                raise CreditError("class.other_cells", **values) from None
        raise
    released = course.release(assignment)
    shown = notebooks.leaks(source, notebooks.read_notebook(released))
    if shown:
        shutil.rmtree(released.parent)
        raise CreditError("class.leak", assignment=assignment, cells=", ".join(shown))
    print(text("class.released", path=released))


def collect(folder: str | Path, assignment: str, returned: str | Path) -> None:
    """Take in what trainees handed back: a folder, a zip, or one notebook.

    Every file ends in exactly one place: in `submitted/`, or, when a newer one took its place, in
    `returned-earlier/`, or, when it is no notebook of this assignment, in `returned-problems/`.
    Links, paths that lead outside and files over 20 MB are listed and not copied.
    """
    course = cohort_at(folder, assignment)
    source = course.source(assignment)
    questions = set(notebooks.answers_and_tests(notebooks.read_notebook(source)))
    files = intake.handed_back(Path(returned), assignment, source.stem, questions)
    if not files:
        raise InputError("class.nothing_returned", path=returned)
    newest = {file.trainee: file for file in files if not file.problem}
    known = {path.name for path in (course.folder / "submitted").glob("*")} | newest.keys()
    rows = [
        (file.trainee or "–", str(file.file), _settle(course, assignment, file, newest, known))
        for file in files
    ]
    problems = [file for file in files if file.problem]
    record = cohort.read_record(course, assignment)
    standing = [one for one in record["problems"] if one["trainee"] not in newest]
    found = [
        {"trainee": file.trainee, "file": str(file.file), "problem": file.problem}
        for file in problems
        # What somebody sent along with a notebook is no trouble of that notebook.
        if file.problem != "not_a_notebook" or file.trainee not in newest
    ]
    record["problems"] = [one for one in standing if one not in found] + found
    cohort.write_record(course, assignment, record)
    print_table([text(f"class.column.{name}") for name in ("trainee", "file", "result")], rows)
    print(text("class.collected", taken=len(newest)))
    if problems:
        print(text("class.not_taken", problems=len(problems)))
    if any(file.data for file in problems):
        print(text("class.not_taken_kept", folder=course.folder / "returned-problems"))


def feedback(folder: str | Path, assignment: str) -> bool:
    """Write the trainees' feedback pages; return False if some could not be written."""
    course = cohort_at(folder, assignment)
    graded = sorted(
        path.parent.name for path in (course.folder / "autograded").glob(f"*/{assignment}")
    )
    if not graded:
        raise InputError("class.nothing_graded", assignment=assignment)
    check_settings(course)
    written = steps.run_for_each(course, "feedback", assignment, graded)
    troubles = [one for one in progress(written, len(graded), "class.writing") if one["problem"]]
    for trouble in troubles:
        key, values = trouble["problem"]
        said = text("class.no_feedback", trainee=trouble["trainee"], why=text(key, **values))
        print(said)
    outcomes = cohort.read_record(course, assignment)["graded"]
    for trainee in graded:
        if problem := outcomes.get(trainee, {}).get("problem"):
            why = text(problem[0], **problem[1])
            print(text("class.fed_back_earlier", trainee=trainee, why=why))
    where = course.folder / "feedback"
    print(text("class.fed_back", written=len(graded) - len(troubles), folder=where))
    if waiting := len(read_waiting(course, assignment).waiting):
        print(text("class.fed_back_waiting", waiting=waiting))
    return not troubles


def _ids(notebook: dict) -> set[str]:
    return {notebooks.grade_id(cell) for cell in notebook["cells"]} - {None}


def _settle(
    course: Cohort,
    assignment: str,
    file: Returned,
    newest: dict[str, Returned],
    known: set[str],
) -> str:
    """Put a returned file where it belongs and say what was done."""
    if file.problem:
        if file.data:
            place = course.folder / "returned-problems" / assignment
            _keep(place, str(file.file).replace("/", "_"), file.data)
        return text(f"class.problem.{file.problem}")
    if newest[file.trainee] is file:
        said = _take(course, assignment, file)
    else:
        _keep_earlier(course, assignment, file.trainee, file.data)
        said = text("class.taken.older", newer=newest[file.trainee].file)
    alike = [one for one in known - {file.trainee} if _letters(one) == _letters(file.trainee)]
    if alike:
        names = text("class.joint").join(sorted(alike))
        said = text("class.taken.alike", said=said, names=names)
    if file.trainee != unicodedata.normalize("NFC", file.given).strip():
        said = text("class.taken.renamed", said=said, given=file.given)
    return said


def _take(course: Cohort, assignment: str, file: Returned) -> str:
    target = course.submitted(assignment, file.trainee)
    said = text("class.taken.new")
    if target.exists():
        before = target.read_bytes()
        if before == file.data:
            return text("class.taken.same")
        standing = cohort.handed_in_at(course, assignment, file.trainee)
        # A zip keeps every other second only.
        if standing and intake.TIMES_BEGIN < file.saved < standing.timestamp() - 2:
            kept = _keep_earlier(course, assignment, file.trainee, file.data)
            return text("class.taken.earlier", kept=kept.relative_to(course.folder))
        kept = _keep_earlier(course, assignment, file.trainee, before)
        said = text("class.taken.replaced", kept=kept.relative_to(course.folder))
    cohort.write_whole(target, file.data)
    # formgrader compares it to know what still waits for grading
    saved = datetime.fromtimestamp(file.saved, UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    cohort.write_whole(target.with_name("timestamp.txt"), saved.encode())
    return said


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _keep_earlier(course: Cohort, assignment: str, trainee: str, data: bytes) -> Path:
    return _keep(course.folder / "returned-earlier" / assignment, f"{trainee}.ipynb", data)


def _keep(place: Path, name: str, data: bytes) -> Path:
    """Write `data` under `name`, numbered if the name is taken by something else."""
    stem, dot, ending = intake.safe_name(name).rpartition(".")
    for number in count(1):
        kept = place / (f"{stem}{dot}{ending}" if number == 1 else f"{stem}-{number}{dot}{ending}")
        if not kept.exists():
            cohort.write_whole(kept, data)
            return kept
        if kept.read_bytes() == data:
            return kept
