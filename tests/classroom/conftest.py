"""A tiny assignment: two questions that a machine grades, one that is marked by hand."""

import json
from pathlib import Path

import pytest

from creditlib.classroom import course, notebooks

PAGE = Path(__file__).with_name("tiny.md").read_text(encoding="utf-8")
TITLES = {"zh": "两道小题", "en": "Two small questions"}
GUIDE = """# SECRET RUBRIC of tiny

1 point for each reason.

### Sample A: 2 points

> The customer pays late.
>
> Ask why.

Not a second sample:

> The examiner's own remark.

### Sample B: 4.5 points

> The customer pays late; ask why before the next order.
"""
DSO = "def dso(receivables, sales, days):\n    return {}\n"
DISCOUNT = "def discount(rate):\n    return {}\n"
BANK = {
    "dso/right-plain": DSO.format("days * receivables / sales"),
    "dso/wrong-no-days": DSO.format("receivables / sales"),
    "discount/right-plain": DISCOUNT.format("rate / (1 - rate)"),
    "discount/wrong-rate": DISCOUNT.format("rate"),
}


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """A folder with `solutions` and `answers` of the tiny assignment, both languages."""
    folder = tmp_path_factory.mktemp("tiny")
    for lang, title in TITLES.items():
        page = folder / "solutions" / lang / "tiny" / "pages.md"
        page.parent.mkdir(parents=True)
        guide = page.parent / "marking" / "memo.md"
        guide.parent.mkdir()
        guide.write_text(GUIDE, encoding="utf-8")
        page.write_text(PAGE.replace("TITLE", title).replace("LANG", lang), encoding="utf-8")
    for name, source in BANK.items():
        answer = folder / "answers" / "tiny" / f"{name}.py"
        answer.parent.mkdir(parents=True, exist_ok=True)
        answer.write_text(source, encoding="utf-8")
    return folder


@pytest.fixture
def school(tiny, tmp_path, in_english, capsys):
    """A Chinese class with the tiny assignment, its notebook not yet released."""
    course.new(tmp_path / "class", "zh", tiny / "solutions")
    capsys.readouterr()
    return tmp_path / "class"


@pytest.fixture
def notebook(school):
    """The bytes of a returned notebook; `notebook(note)` makes different ones."""
    source = notebooks.read_notebook(school / "source" / "tiny" / "pages.ipynb")

    def with_note(note=""):
        return json.dumps(source | {"metadata": source["metadata"] | {"note": note}}).encode()

    return with_note
