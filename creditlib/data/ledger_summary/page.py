"""The summary of a ledger as one HTML page: each currency's health, then how the file was read."""

from collections.abc import Mapping, Sequence

from creditlib.basics.health import Health
from creditlib.basics.health_findings import currency_name
from creditlib.data.ledger import Ledger
from creditlib.data.ledger.control import Check
from creditlib.data.ledger.problems import Problem
from creditlib.data.ledger_summary.frame import about, document, heading, table
from creditlib.data.ledger_summary.sections import of_currency
from creditlib.i18n import text

SHOWN, TOTALS = 50, 20


def page(ledger: Ledger, healths: Mapping[str | None, Health], problems_file: str = "") -> str:
    """Return the page; at most `SHOWN` problems are listed, `problems_file` has all of them."""
    body = [
        heading(1, text("health.page.title")),
        about(source(ledger)),
        about(text("health.page.private")),
    ]
    if len(healths) > 1:
        body.append(about(text("health.page.not_added", count=len(healths))))
    for currency, health in healths.items():
        if len(healths) > 1:
            shown = currency_name(currency) or text("health.page.no_currency")
            body.append(heading(2, text("health.page.of_currency", currency=shown)))
        body += of_currency(health)
    return document(
        f"{text('health.page.title')} {ledger.file}",
        [
            *body,
            *_control(ledger.control),
            *_problems(ledger.problems, problems_file),
            *_mapping(ledger),
            about(text("health.page.note")),
        ],
    )


def source(ledger: Ledger) -> str:
    """Return in one line what was read: the file, what kind of ledger it is, and its day."""
    return text(
        "health.page.source",
        file=ledger.file if ledger.sheet is None else f"{ledger.file} [{ledger.sheet}]",
        kind=text(f"health.page.kind.{ledger.kind}"),
        rows=f"{ledger.rows_read:,}",
        as_of=f"{ledger.as_of:%Y-%m-%d}",
        how=text(f"health.page.as_of.{ledger.as_of_from}"),
    )


def _control(checks: Sequence[Check]) -> list[str]:
    """Show the totals, those that differ first."""
    if not checks:
        return []
    differ = sum(not check.agrees for check in checks)
    first = sorted(checks, key=lambda check: check.agrees)[:TOTALS]
    rows = []
    for check in first:
        unit = currency_name(check.currency)
        unit = text("health.page.unit", unit=unit) if unit else ""
        label = (
            f"{check.label}{unit}" if check.label else text("health.page.all_cells", currency=unit)
        )
        row = "" if check.row is None else str(check.row)
        amounts = (check.stated, check.read, check.difference)
        rows.append((label, row, *(f"{amount:,.2f}".replace("-", "−") for amount in amounts)))
    names = ("label", "row_of_total", "stated", "read", "difference")
    words = text("health.page.control_about", agree=len(checks) - differ, differ=differ)
    rest = len(checks) - len(rows)
    return [
        heading(2, text("health.page.control")),
        about(words),
        table([text(f"health.page.heading.{name}") for name in names], rows),
        *([about(text("health.page.control_rest", count=rest))] if rest else []),
    ]


def _problems(problems: Sequence[Problem], problems_file: str) -> list[str]:
    shown = [heading(2, text("health.page.problems", count=len(problems)))]
    if not problems:
        return [*shown, about(text("health.page.no_problems"))]
    rows = [
        (text(f"health.page.severity.{problem.severity}"), problem.message)
        for problem in problems[:SHOWN]
    ]
    headings = [text(f"health.page.heading.{name}") for name in ("severity", "message")]
    shown.append(table(headings, rows, in_words=(0, 1)))
    rest = len(problems) - len(rows)
    if rest:
        words = text("health.page.problems_rest", shown=len(rows), rest=rest, file=problems_file)
        shown.append(about(words))
    return shown


def _mapping(ledger: Ledger) -> list[str]:
    described = ledger.describe()
    named = (column for column in ledger.mapping if column.heading and column.meaning)
    example = next((f"{column.heading}={column.meaning}" for column in named), "")
    return [
        heading(2, text("health.page.mapping")),
        table(
            [str(name) for name in described.columns],
            described.astype(str).itertuples(index=False),
            in_words=range(len(described.columns)),
        ),
        about(text("health.page.mapping_about", example=example)),
    ]
