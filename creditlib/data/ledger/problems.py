"""What a ledger file holds that could not be taken as it stands."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from creditlib.i18n import text

SEVERITIES = ("error", "warning", "note")
LISTED = 200  # of one kind; the rest is counted and summed in one more problem


@dataclass(frozen=True)
class Problem:
    """One finding about the file: where it stands, and in `.message` what it is and what to do.

    `severity` is `error` (the row is left out of the frames), `warning` (read, but look at it)
    or `note` (how something was understood). `row` counts as Excel does; None where the finding
    is about the whole file.

    >>> Problem("warning", None, 7, "Invoice", "I1", "ledger.duplicate_invoice").row
    7
    """

    severity: str
    sheet: str | None
    row: int | None
    column: str | None
    value: object
    key: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """The sentence, in the language in use."""
        value = " ".join(self.value.split())[:80] if isinstance(self.value, str) else self.value
        named = {"value": value, "row": self.row, "column": self.column} | self.values
        if "meant" in named:  # the code of a meaning, said by its name
            named["meant"] = text(f"ledger.meaning.{named['meant']}")
        if "order" in named:
            named["order"] = text(f"ledger.order.{named['order']}")
        amounts = {name: f"{v:,.2f}" for name, v in named.items() if isinstance(v, float)}
        sentence = text(self.key, **named | amounts)
        place = [
            text(f"errors.where.{name}", **{name: value})
            for name, value in (("row", self.row), ("column", self.column))
            if value is not None
        ]
        if not place:
            return sentence
        return text("errors.where.joint").join(place) + text("errors.where.then") + sentence


class Findings:
    """Collects problems while a file is read; of one kind at most `LISTED` are kept singly."""

    def __init__(self, sheet: str | None):
        self.sheet = sheet
        self._problems: list[Problem] = []
        self._seen: dict[tuple, int] = defaultdict(int)
        self._more: dict[tuple, int] = defaultdict(int)

    def add(self, severity: str, key: str, row=None, column=None, value=None, **values) -> None:
        """Add one finding."""
        kind = (severity, f"ledger.{key}", column)
        self._seen[kind] += 1
        if self._seen[kind] > LISTED:
            self._more[kind] += 1
            return
        row = None if row is None else int(row)
        self._problems.append(Problem(severity, self.sheet, row, column, value, kind[1], values))

    def add_rows(
        self, severity: str, key: str, rows, column=None, cells=None, each=None, **values
    ) -> None:
        """Add one finding per row of `rows`, with the text of its cell; the first `LISTED` singly.

        `rows` are row numbers as Excel counts, `cells` the texts beside them, `each` lists of
        further values, by name, one for each row.
        """
        rows = list(rows)
        cells = [None] * len(rows) if cells is None else list(cells)
        each = {name: list(listed) for name, listed in (each or {}).items()}
        for place, (row, cell) in enumerate(zip(rows[:LISTED], cells, strict=False)):
            own = {name: listed[place] for name, listed in each.items()}
            self.add(severity, key, row, column, cell, **values | own)
        if len(rows) > LISTED:
            self._more[severity, f"ledger.{key}", column] += len(rows) - LISTED

    def listed(self) -> tuple[Problem, ...]:
        """Return the findings, errors first, each severity in the order of the rows."""
        more = [
            Problem(severity, self.sheet, None, column, count, "ledger.more", {"kind": key})
            for (severity, key, column), count in self._more.items()
        ]

        def place(problem: Problem) -> tuple[int, int]:
            return SEVERITIES.index(problem.severity), problem.row or 0

        return tuple(sorted(self._problems, key=place) + sorted(more, key=place))
