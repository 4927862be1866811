"""The course's pages as text: where they are, and the cells that a page is made of."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import creditlib
from creditlib.errors import InputError

ROOT = Path(creditlib.__file__).parent.parent
ROOMS = ("course", "cases", "solutions")

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,}|:{3,})\s*(.*)")
_OPTION = re.compile(r":([\w-]+):\s*(.*)")


@dataclass(frozen=True)
class Cell:
    """A piece of a page: `kind` is "code" or "text", `line` where its source begins."""

    kind: str
    source: str
    line: int
    options: dict = field(default_factory=dict)

    @property
    def mark(self) -> dict:
        """What nbgrader knows of this cell: grade_id, points and so on."""
        return self.options.get("nbgrader", {})


def needs_course(root: Path) -> None:
    """Say so if `root` does not hold the course (an installed creditlib has no pages)."""
    if not (root / "_toc.yml").exists():
        raise InputError("book.no_course", folder=root)


def names(root: Path, lang: str) -> list[str]:
    """Return every file of one edition by its name without the language, sorted.

    `course/zh/assessment/statements.md` is `course/assessment/statements.md` in both editions.
    """
    found = []
    for room in ROOMS:
        folder = root / room / lang
        files = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
        # What JupyterLab leaves beside a page (checkpoints, paired notebooks) is not the course's.
        found += [
            f"{room}/{file.as_posix()}"
            for file in files
            if not any(part.startswith(".") for part in file.parts)
            and file.suffix not in (".ipynb", ".pyc")
        ]
    return sorted(found)


def path_of(root: Path, name: str, lang: str) -> Path:
    """Return the file of one edition that has this name.

    >>> path_of(Path(), "cases/trust-crisis.md", "en").as_posix()
    'cases/en/trust-crisis.md'
    """
    room, _, inside = name.partition("/")
    return root / room / lang / inside


def cells(text: str) -> list[Cell]:
    """Return the cells of a MyST Markdown notebook, in order; empty text cells are left out.

    >>> page = "# Title\\n\\n```{code-cell} ipython3\\n:tags: [hide-input]\\n\\n1 + 1\\n```\\nEnd"
    >>> [(cell.kind, cell.source, cell.line) for cell in cells(page)]
    [('text', '# Title\\n', 1), ('code', '1 + 1', 6), ('text', 'End', 8)]
    """
    return [
        cell for cell in _cells(text.splitlines()) if cell.kind == "code" or cell.source.strip()
    ]


def _cells(lines: list[str]) -> Iterator[Cell]:
    start = at = _front_matter(lines)
    options: dict = {}
    while at < len(lines):
        line = lines[at]
        fence = _FENCE.match(line)
        if fence and fence[2].startswith("{code-cell}"):
            yield Cell("text", "\n".join(lines[start:at]), start + 1, options)
            end = _closing(lines, at, fence[1])
            yield _code_cell(lines, at + 1, end)
            start, at, options = end + 1, end + 1, {}
        elif fence:
            at = _closing(lines, at, fence[1]) + 1
        elif line.startswith("+++"):
            yield Cell("text", "\n".join(lines[start:at]), start + 1, options)
            start, at, options = at + 1, at + 1, _json(line[3:])
        else:
            at += 1
    yield Cell("text", "\n".join(lines[start:]), start + 1, options)


def _front_matter(lines: list[str]) -> int:
    if lines[:1] != ["---"]:
        return 0
    return next((at + 1 for at, line in enumerate(lines) if at and line == "---"), 0)


def _closing(lines: list[str], at: int, fence: str) -> int:
    for place in range(at + 1, len(lines)):
        if re.fullmatch(rf"\s{{0,3}}{fence[0]}{{{len(fence)},}}\s*", lines[place]):
            return place
    return len(lines)


def _code_cell(lines: list[str], start: int, end: int) -> Cell:
    options: dict = {}
    if lines[start : start + 1] == ["---"]:  # as jupytext writes longer metadata
        closing = lines.index("---", start + 1)
        options = _yaml("\n".join(lines[start + 1 : closing]))
        start = closing + 1
    while start < end and (option := _OPTION.fullmatch(lines[start])):
        options[option[1]] = _json(option[2])
        start += 1
    while start < end and not lines[start].strip():
        start += 1
    return Cell("code", "\n".join(lines[start:end]), start + 1, options)


def _yaml(text: str) -> dict:
    import yaml

    return yaml.safe_load(text) or {}


def _json(text: str) -> object:
    try:
        return json.loads(text or "{}")
    except ValueError:
        return text.strip()
