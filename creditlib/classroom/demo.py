"""The whole road of a class with simulated trainees.

Their answers come from the answer bank; what is marked by hand, from the guides' marked samples.
"""

import json
import random
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from creditlib.classroom import cohort, course, notebooks, steps
from creditlib.classroom.answers import BANK, Answer, Sample, compose, read_bank, read_samples
from creditlib.classroom.lab import opened
from creditlib.classroom.report import report
from creditlib.classroom.skills import ASSIGNMENT as SELF_ASSESSMENT
from creditlib.errors import InputError
from creditlib.i18n import checked_language, language, text

MARKER = "demo.json"  # in a folder that this module made, and may therefore overwrite
SEED = 20251231


def demo(
    folder: str | Path,
    lang: str | None = None,
    trainees: int = 12,
    solutions: str | Path = course.SOLUTIONS,
    bank: str | Path = BANK,
    assignment: str | None = None,
) -> None:
    """Make a class in `folder`, let simulated trainees hand in, grade them and report.

    `assignment` is by default the first that has an answer bank, and then the trainees rate their
    own skills too. One trainee has everything right, one hands in a blank notebook, the others
    are in between; one more hands in something else than a notebook. Of the answers that are
    marked by hand every other one is marked; the rest wait, for formgrader to be tried. A second
    call with nothing changed does nothing.
    """
    cohort.needs("nbgrader", "jupytext")
    folder, lang = Path(folder).resolve(), checked_language(lang or language())
    if trainees < 2:
        raise InputError("class.demo.too_few", trainees=trainees)
    solutions, bank = Path(solutions), Path(bank)
    done = [assignment] if assignment else _assignments_with_answers(solutions / lang, bank)
    assignment, names = done[0], trainee_names(trainees, lang)
    wanted = f"{lang} {trainees} {' '.join(done)}".encode()
    inputs = cohort.stamp(wanted, *_contents(solutions / lang, bank))
    if _finished(folder) == inputs:
        print(text("class.demo.unchanged"))
    else:
        _clear(folder)
        course.make(folder, lang, solutions)
        for one in done:
            course.release(folder, one)
            _hand_in(folder, one, read_bank(bank / one), names)
            course.collect(folder, one, folder / "returned" / one)
            course.grade(folder, one, unsandboxed=True)  # the answers are the course's own
            _mark_some(folder, one, names)
            course.feedback(folder, one)
        for one in done:  # at the end: what trainees say is shown beside what they can do
            report(folder, one)
        cohort.write_whole(folder / MARKER, json.dumps({"inputs": inputs}).encode())
    places = {
        "report": folder / "report" / f"{assignment}.html",
        "gradebook": folder / "report" / f"{assignment}-gradebook.csv",
        "feedback": folder / "feedback",
        "returned": folder / "returned",
    }
    print(text("class.demo.look", command=opened(folder), **places))


def simulated_answers(
    answers: Mapping[str, Sequence[Answer]], names: Sequence[str]
) -> dict[str, dict[str, Answer]]:
    """Return what each trainee answers, per question; a question that is missing is left blank.

    The same names and bank always give the same answers.
    """
    chance = random.Random(SEED)
    chosen: dict[str, dict[str, Answer]] = {}
    for place, name in enumerate(names):
        ability = 1.0 if place == 0 else chance.uniform(0.3, 0.95)
        chosen[name] = {}
        for question, known in answers.items():
            right = chance.random() < ability
            fitting = [answer for answer in known if answer.right == right]
            if fitting and (right or chance.random() < 0.8):
                chosen[name][question] = chance.choice(fitting)
    return chosen | {names[-1]: {}}


def trainee_names(count: int, lang: str) -> list[str]:
    """Return invented names, numbered once they run out.

    >>> trainee_names(2, "en")
    ['Al Ledger', 'Bea Invoice']
    """
    known = text("class.demo.trainees", lang=lang).split()
    rounds = [""] + [f"_{number}" for number in range(2, count // len(known) + 2)]
    names = [name + again for again in rounds for name in known]
    return [name.replace("_", " ") for name in names[:count]]


def written_answers(
    samples: Mapping[str, Sequence[Sample]], names: Sequence[str]
) -> dict[str, dict[str, Sample]]:
    """Return the marked sample that each trainee hands in, per question that is marked by hand.

    The first trainee has the best one, the last none, the others one after the other.
    """
    chosen: dict[str, dict[str, Sample]] = {name: {} for name in names}
    for question, known in samples.items():
        ranked = sorted(known, key=lambda sample: -sample.points)
        for place, name in enumerate(names[:-1]):
            chosen[name][question] = ranked[place % len(ranked)]
    return chosen


def _hand_in(
    folder: Path, assignment: str, bank: Mapping[str, Sequence[Answer]], names: Sequence[str]
) -> None:
    returned = folder / "returned" / assignment
    released = notebooks.read_notebook(cohort.cohort_at(folder).release(assignment))
    written = written_answers(_samples(folder, assignment), names)
    for name, answers in simulated_answers(bank, names).items():
        given = {**answers, **written[name]}
        sources = {question: answer.source for question, answer in given.items()}
        filled = json.dumps(compose(released, sources), ensure_ascii=False, indent=1)
        cohort.write_whole(returned / f"{name}.ipynb", filled.encode())
    stray = text("class.demo.stray", lang=cohort.cohort_at(folder).lang)
    cohort.write_whole(returned / stray, stray.encode())


def _mark_some(folder: Path, assignment: str, names: Sequence[str]) -> None:
    """Give every other written answer the points of its sample."""
    written = written_answers(_samples(folder, assignment), names)
    marks = [
        (name, question, f"{sample.points:g}")
        for name in names[::2]
        for question, sample in written[name].items()
    ]
    if marks:
        made = cohort.cohort_at(folder, assignment)
        steps.run_once(made, "mark", assignment, *(part for mark in marks for part in mark))


def _samples(folder: Path, assignment: str) -> dict[str, list[Sample]]:
    made = cohort.cohort_at(folder, assignment)
    questions = notebooks.marked_by_hand(notebooks.read_notebook(made.source(assignment)))
    return read_samples(cohort.marking_guides(folder, assignment), questions)


def _assignments_with_answers(solutions: Path, bank: Path) -> list[str]:
    """Return the first assignment with a bank, and the self-assessment if it has one too."""
    found = [path.name for path in sorted(solutions.glob("*/")) if (bank / path.name).is_dir()]
    if not found:
        raise InputError("class.demo.no_answers", folder=bank)
    others = [name for name in found if name != SELF_ASSESSMENT]
    return others[:1] + [name for name in found if name == SELF_ASSESSMENT]


def _contents(*folders: Path) -> list[bytes]:
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return [str(path.name).encode() + path.read_bytes() for path in files]


def _finished(folder: Path) -> str | None:
    try:
        return json.loads((folder / MARKER).read_text(encoding="utf-8")).get("inputs")
    except FileNotFoundError:
        return None


def _clear(folder: Path) -> None:
    """Leave `folder` with nothing but the mark that it is ours."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if not (folder / MARKER).is_file():
            raise InputError("class.demo.not_ours", folder=folder)
        shutil.rmtree(folder)
    cohort.write_whole(folder / MARKER, b"{}")
