"""The answer bank: right and wrong answers to every graded question, and notebooks made of them.

`tests/answers/<assignment>/<question>/right-<how>.py` and `wrong-<misconception>.py` hold a whole
solution cell each, as a trainee would write it; `right-<how>.changes.toml` holds answers that are
`right-<how>.py` but for a few words, a table each: the words as they stand there = as they become.
What is marked by hand has marked samples in the instructor's guide instead,
`solutions/<lang>/<assignment>/marking/<question>.md`.
"""

import copy
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import creditlib
from creditlib.classroom.notebooks import grade_id, is_solution
from creditlib.errors import InputError

POINTS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:分|points?\b|marks?\b)")
BANK = Path(creditlib.__file__).parent.parent / "tests" / "answers"


@dataclass(frozen=True)
class Answer:
    """One way to answer a question; `name` is how it is right, or the misconception."""

    question: str
    right: bool
    name: str
    source: str


@dataclass(frozen=True)
class Sample:
    """An answer in the instructor's guide, with the points that it gets."""

    question: str
    points: float
    source: str


def read_bank(folder: Path) -> dict[str, list[Answer]]:
    """Return the answers in the bank of one assignment, per question, right ones first."""
    bank = {
        question.name: sorted(_answers(question), key=lambda one: (not one.right, one.name))
        for question in sorted(folder.glob("*/"))
    }
    if not any(bank.values()):
        raise InputError("class.demo.no_answers", folder=folder)
    return {question: answers for question, answers in bank.items() if answers}


def read_samples(guides: Path, questions: Iterable[str]) -> dict[str, list[Sample]]:
    """Return the marked samples of each question that has any in its guide.

    A sample is a quotation (lines that begin with `>`) under a heading that says its points, for
    instance `### Sample A: 4 points`.
    """
    found = {}
    for question in questions:
        guide = guides / f"{question}.md"
        text = guide.read_text(encoding="utf-8") if guide.exists() else ""
        samples = [
            Sample(question, points, source) for points, source in _quoted(text.splitlines())
        ]
        if samples:
            found[question] = samples
    return found


def _quoted(lines: Iterable[str]) -> Iterator[tuple[float, str]]:
    """Yield the first quotation under each heading that says points."""
    points, quoted = None, []
    for line in [*lines, "#"]:
        if quoted and not line.startswith(">"):
            yield points, "\n".join(quoted)
            points, quoted = None, []
        if line.startswith("#"):
            said = POINTS.search(line)
            points = float(said[1]) if said else None
        elif line.startswith(">") and points is not None:
            quoted.append(line.removeprefix(">").removeprefix(" "))


def compose(notebook: Mapping, answers: Mapping[str, str]) -> dict:
    """Return a copy of a notebook with the source of its solution cells replaced, by question."""
    filled = copy.deepcopy(dict(notebook))
    for cell in filled["cells"]:
        if is_solution(cell) and grade_id(cell) in answers:
            cell["source"] = answers[grade_id(cell)]
    return filled


def _answers(question: Path) -> Iterator[Answer]:
    for path in question.glob("*.py"):
        source = path.read_text(encoding="utf-8").rstrip("\n")
        yield _answer(question, path.stem, source)
        changes = path.with_suffix(".changes.toml")
        tables = tomllib.loads(changes.read_text(encoding="utf-8")) if changes.exists() else {}
        for name, words in tables.items():
            yield _answer(question, name, _changed(source, words, f"{changes} [{name}]"))


def _answer(question: Path, stem: str, source: str) -> Answer:
    kind, _, name = stem.partition("-")
    return Answer(question.name, kind == "right", name, source)


def _changed(source: str, words: Mapping[str, str], where: str) -> str:
    for old, new in words.items():
        if source.count(old) != 1:
            raise InputError("class.demo.words_not_once", file=where, words=old)
        source = source.replace(old, new)
    return source
