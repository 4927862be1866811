"""Invented claims, for a widget to which a page gives none of its own."""

from datetime import date, timedelta
from decimal import Decimal

from creditlib.collection.claim import Claim, OwedInvoice, Party
from creditlib.collection.goals import Deadline, Debt
from creditlib.i18n import text

TODAY = date(2025, 12, 31)
KEY = "widgets.example_claims."


def creditor() -> Party:
    """Return the course's company, named in the language in use."""
    return Party(
        text(f"{KEY}creditor"), "91000000OV0000001Z", text(f"{KEY}address"), text(f"{KEY}contact")
    )


def example_claim() -> Claim:
    """Return a claim of two invoices, some three weeks past due, on one debtor.

    >>> claim = example_claim()
    >>> claim.principal, claim.days_overdue
    (Decimal('186000.00'), 23)
    """
    debtor = Party(text(f"{KEY}debtor"), "91000000ZC0000412Z", text(f"{KEY}debtor_address"))
    invoices = (
        OwedInvoice("25100412", date(2025, 10, 9), date(2025, 12, 8), Decimal("128600.00")),
        OwedInvoice("25100433", date(2025, 10, 11), date(2025, 12, 10), Decimal("57400.00")),
    )
    return Claim(
        debtor=debtor,
        creditor=creditor(),
        invoices=invoices,
        as_of=TODAY,
        contract="HT2025-C0412",
        daily_penalty=Decimal("0.0003"),
        account="0000 1688 2016 0001",
    )


# Name, amount in yuan, days past due, and what is known of the debtor besides.
_DEBTS = (
    ("pumps", 860_000, 6, {"annual_margin": 2_400_000}),
    ("packaging", 186_000, 23, {}),
    ("heavy", 2_350_000, 830, {}),
    ("lifts", 640_000, 410, {}),
    ("textile", 310_000, 74, {"broken_promises": 2}),
    ("foundry", 520_000, 48, {"failing": True}),
    ("valves", 97_000, 66, {"promised": TODAY - timedelta(1)}),
    ("motors", 145_000, 88, {"disputed": 60_000}),
    ("mining", 420_000, 15, {"default_probability": 0.06}),
    ("printing", 238_000, 61, {}),
    ("robots", 405_000, 34, {"default_probability": 0.03}),
    ("marine", 275_000, 1090, {"deadline": "limitation"}),
    ("gears", 220_000, 71, {"default_probability": 0.12}),
    ("hydraulics", 12_000, 500, {}),
)


def example_debts() -> tuple[Debt, ...]:
    """Return the debts of fourteen customers on 2025-12-31, all past due, of every kind.

    >>> len(example_debts()), max(debt.claim.principal for debt in example_debts())
    (14, Decimal('2350000'))
    """
    return tuple(_debt(number, *told) for number, told in enumerate(_DEBTS, start=1))


def _debt(number: int, name: str, amount: int, days: int, known: dict) -> Debt:
    due = TODAY - timedelta(days)
    invoice = OwedInvoice(
        f"2510{number:04}", due - timedelta(60), due, amount, known.get("disputed", 0)
    )
    claim = Claim(Party(text(f"{KEY}customer.{name}")), creditor(), (invoice,), TODAY)
    others = {each: known[each] for each in known if each not in ("disputed", "deadline")}
    if "deadline" in known:
        others["deadlines"] = (Deadline(TODAY + timedelta(5), known["deadline"]),)
    return Debt(claim, f"C{number:04}", **others)
