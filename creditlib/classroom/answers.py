"""The answer bank: right and wrong answers to every graded question, and notebooks made of them.

`tests/answers/<assignment>/<question>/right-<how>.py` and `wrong-<misconception>.py` hold a whole
solution cell each, as a trainee would write it.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import creditlib
from creditlib.classroom.notebooks import grade_id, is_solution
from creditlib.errors import InputError

BANK = Path(creditlib.__file__).parent.parent / "tests" / "answers"


@dataclass(frozen=True)
class Answer:
    """One way to answer a question; `name` is how it is right, or the misconception."""

    question: str
    right: bool
    name: str
    source: str


def read_bank(folder: Path) -> dict[str, list[Answer]]:
    """Return the answers in the bank of one assignment, per question, right ones first."""
    bank = {
        question.name: [_answer(path) for path in sorted(question.glob("*.py"))]
        for question in sorted(folder.glob("*/"))
    }
    if not any(bank.values()):
        raise InputError("class.demo.no_answers", folder=folder)
    return {question: answers for question, answers in bank.items() if answers}


def compose(notebook: Mapping, answers: Mapping[str, str]) -> dict:
    """Return a copy of a notebook with the source of its solution cells replaced, by question."""
    filled = copy.deepcopy(dict(notebook))
    for cell in filled["cells"]:
        if is_solution(cell) and grade_id(cell) in answers:
            cell["source"] = answers[grade_id(cell)]
    return filled


def _answer(path: Path) -> Answer:
    kind, _, name = path.stem.partition("-")
    source = path.read_text(encoding="utf-8").rstrip("\n")
    return Answer(path.parent.name, kind == "right", name, source)
