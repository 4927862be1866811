"""What is owed, by whom, to whom and on what ground: what every module of this room works on."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from creditlib.errors import InputError


@dataclass(frozen=True)
class Party:
    """A company: its registered name, its registration code and where it is written to."""

    name: str
    code: str = ""
    address: str = ""
    contact: str = ""


@dataclass(frozen=True)
class OwedInvoice:
    """An invoice with what is still open of it; `disputed` is the part that the debtor contests.

    `amount` is what was claimed first, before the claim's own part payments, in the currency of
    the claim, with tax.
    """

    number: str
    issued: date
    due: date
    amount: Decimal
    disputed: Decimal = Decimal(0)

    def __post_init__(self):
        for name in ("due", "issued"):
            object.__setattr__(self, name, calendar_day(getattr(self, name), name))
        for name in ("amount", "disputed"):
            object.__setattr__(self, name, money(getattr(self, name), name))
        if self.amount <= 0:
            raise InputError("collection.not_positive", column="amount", value=self.amount)
        if not 0 <= self.disputed <= self.amount:
            raise InputError(
                "collection.disputed_share", disputed=self.disputed, amount=self.amount
            )


@dataclass(frozen=True)
class PartPayment:
    """Money that came in on the claim, not settled against one invoice."""

    received: date
    amount: Decimal

    def __post_init__(self):
        object.__setattr__(self, "received", calendar_day(self.received, "received"))
        object.__setattr__(self, "amount", money(self.amount, "amount"))
        if self.amount <= 0:
            raise InputError("collection.not_positive", column="amount", value=self.amount)


@dataclass(frozen=True)
class Claim:
    """Everything owed by one debtor on one ground, as of a day.

    `as_of` is the day up to which interest runs (the day of payment, or today); `contract` the
    number of the contract; `daily_penalty` what was agreed for late payment, as a share of the
    overdue amount a day (0.0005 is 0.05 %), None if nothing was agreed; `account` the creditor's
    account that is paid to; `currency` its three letters.

    >>> claim = Claim.of("1000000", due=date(2024, 6, 30), as_of=date(2024, 12, 31))
    >>> claim.principal, claim.days_overdue
    (Decimal('1000000'), 184)
    """

    debtor: Party
    creditor: Party
    invoices: tuple[OwedInvoice, ...]
    as_of: date
    contract: str = ""
    payments: tuple[PartPayment, ...] = ()
    daily_penalty: Decimal | None = None
    account: str = ""
    currency: str = "CNY"

    def __post_init__(self):
        object.__setattr__(self, "invoices", tuple(self.invoices))
        object.__setattr__(self, "payments", tuple(self.payments))
        object.__setattr__(self, "as_of", calendar_day(self.as_of, "as_of"))
        if not self.invoices:
            raise InputError("collection.no_invoice", debtor=self.debtor.name)
        numbers = [invoice.number for invoice in self.invoices if invoice.number]
        if len(set(numbers)) < len(numbers):
            raise InputError("collection.invoice_twice", number=max(numbers, key=numbers.count))
        if self.daily_penalty is not None:
            penalty = money(self.daily_penalty, "daily_penalty")
            if not 0 <= penalty < 1:
                raise InputError("collection.daily_penalty", value=penalty)
            object.__setattr__(self, "daily_penalty", penalty)

    @classmethod
    def of(cls, amount: object, due: date, as_of: date, **others: object) -> "Claim":
        """Return a claim of one invoice between parties without names."""
        invoice = OwedInvoice(number="", issued=due, due=due, amount=amount)
        parties = {"debtor": Party(""), "creditor": Party("")}
        return cls(**(parties | {"invoices": (invoice,), "as_of": as_of} | others))

    @property
    def principal(self) -> Decimal:
        """The sum of the invoices, before part payments."""
        return sum((invoice.amount for invoice in self.invoices), Decimal(0))

    @property
    def disputed(self) -> Decimal:
        """The part of the principal that the debtor contests."""
        return sum((invoice.disputed for invoice in self.invoices), Decimal(0))

    @property
    def oldest_due(self) -> date:
        """The earliest due date."""
        return min(invoice.due for invoice in self.invoices)

    @property
    def days_overdue(self) -> int:
        """The days from the earliest due date to `as_of`; negative while nothing is due."""
        return (self.as_of - self.oldest_due).days

    def on(self, day: date) -> "Claim":
        """Return the claim as of another day."""
        return replace(self, as_of=day)


def calendar_day(value: object, name: str) -> date:
    """Return a day without its time of day; text is read as 2025-12-31.

    >>> calendar_day("2025-12-31", "due")
    datetime.date(2025, 12, 31)
    """
    try:
        read = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        read = None
    if isinstance(read, datetime):
        read = read.date()
    if not isinstance(read, date) or read != read:  # pandas' NaT equals nothing, not even itself
        raise InputError("collection.not_a_day", column=name, value=value)
    return read


def money(value: object, name: str) -> Decimal:
    """Return an amount as an exact decimal; a float is read as it is written.

    >>> money(0.1, "amount")
    Decimal('0.1')
    """
    try:
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite() or isinstance(value, bool):
        raise InputError("collection.not_an_amount", column=name, value=value)
    return exact
