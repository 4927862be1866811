"""What to want from a debt before anyone calls: all of it, security, a settlement, or an end."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditlib.basics.chase import collectable_share
from creditlib.collection.claim import Claim, calendar_day, money
from creditlib.errors import InputError
from creditlib.i18n import text

RISKY = 0.20  # chance of default within a year from which security comes before promises
SETTLING = 365  # days past due from which a sure part may be worth more than the whole
VALUED = 2  # times the overdue amount that a good customer's yearly margin is
LENIENT = 30  # days past due up to which such a customer is asked gently
WAIT = 30  # days: the delay whose cost ranks the work
RIGHTS = ("limitation", "guarantee", "presentment", "preservation", "enforcement")


@dataclass(frozen=True)
class Deadline:
    """A day after which a right is gone; the last day itself is still good.

    `kind` is one of `RIGHTS`: `limitation`, a `guarantee` period, `presentment` of a draft, suit
    after `preservation`, application for `enforcement`. All that is expected of the debt is counted
    as lost with it, the cautious reading where a guarantor or a freeze alone would be gone.
    """

    day: date
    kind: str

    def __post_init__(self):
        object.__setattr__(self, "day", calendar_day(self.day, "day"))
        if self.kind not in RIGHTS:
            raise InputError("plan.unknown_right", value=self.kind, known=", ".join(RIGHTS))


@dataclass(frozen=True)
class Debt:
    """A claim with what is known of the debtor.

    `default_probability` is the chance of default within a year, `annual_margin` what the customer
    earns us in one, `secured` what good security covers, `promised` the day of the promise that is
    open and `broken_promises` how many were not kept, `failing` whether there are hard signs
    (unpaid wages, suits by others, assets moved), `buying` whether goods still go out, `last_step`
    the rung of the ladder that it has reached before.
    """

    claim: Claim
    customer_id: str = ""
    default_probability: float = 0.0
    annual_margin: Decimal = Decimal(0)
    secured: Decimal = Decimal(0)
    promised: date | None = None
    broken_promises: int = 0
    failing: bool = False
    buying: bool = True
    last_step: str = ""
    deadlines: tuple[Deadline, ...] = ()

    def __post_init__(self):
        if not 0 <= self.default_probability <= 1:
            raise InputError("plan.probability", value=self.default_probability)
        if self.promised is not None:
            object.__setattr__(self, "promised", calendar_day(self.promised, "promised"))
        for name in ("annual_margin", "secured"):
            object.__setattr__(self, name, money(getattr(self, name), name))

    @property
    def open_amount(self) -> Decimal:
        """What is owed, contested or not, less part payments; never below zero."""
        return max(self.claim.principal - self._paid, Decimal(0))

    @property
    def contested(self) -> Decimal:
        """What is still open of the contested part: part payments settle that last."""
        return min(self.claim.disputed, self.open_amount)

    @property
    def undisputed(self) -> Decimal:
        """What is owed and not contested, less part payments; never below zero."""
        return self.open_amount - self.contested

    @property
    def oldest_due(self) -> date:
        """The due date that tells the age: the oldest of an invoice that is not wholly contested.

        Where all are, the oldest of the claim.

        >>> from creditlib.collection.claim import OwedInvoice, Party
        >>> old = OwedInvoice("A", date(2025, 9, 1), date(2025, 10, 31), 9000, disputed=9000)
        >>> new = OwedInvoice("B", date(2025, 10, 30), date(2025, 12, 29), 8000)
        >>> claim = Claim(Party("Buyer"), Party("Seller"), (old, new), date(2025, 12, 31))
        >>> Debt(claim).oldest_due.isoformat(), claim.oldest_due.isoformat()
        ('2025-12-29', '2025-10-31')
        """
        dunned = (each.due for each in self.claim.invoices if each.disputed < each.amount)
        return min(dunned, default=self.claim.oldest_due)

    @property
    def risky(self) -> bool:
        """Whether the ladder is climbed faster."""
        return self.failing or self.default_probability >= RISKY or self.broken_promises >= 2

    def expected(self, on: date, wait: int = 0) -> float:
        """Return what is expected to come in of the undisputed part after `wait` days more.

        The share that its age leaves of each invoice (`basics.chase.collectable_share`; part
        payments settle the oldest first), unless the customer defaults within the wait:
        `default_probability` is spread evenly over the year. What good security covers comes in
        all the same. A deadline that passes within the wait takes all of it.
        """
        if any(on <= deadline.day < _after(on, wait) for deadline in self.deadlines):
            return 0.0
        return self._worth(on, wait)

    def lost_with_right(self, on: date) -> float:
        """Return what is expected to come in of all that is open: what a missed deadline costs.

        The contested part is in it: a dispute does not stop the period.

        >>> claim = Claim.of("100000", due=date(2025, 11, 1), as_of=date(2025, 12, 31))
        >>> round(Debt(claim).lost_with_right(date(2025, 12, 31)))
        81300
        """
        return self._worth(on, contested=True)

    def cost_of_waiting(self, on: date, wait: int = WAIT) -> float:
        """Return how much less is expected to come in if nothing is done for `wait` days.

        >>> debt = Debt(Claim.of("100000", due=date(2025, 11, 1), as_of=date(2025, 12, 31)))
        >>> round(debt.cost_of_waiting(date(2025, 12, 31)))
        11700
        """
        return max(self.expected(on) - self.expected(on, wait), 0.0)

    def cost_of_dispute(self, on: date) -> float:
        """Return what `WAIT` days more cost on what is contested.

        That is what they cost on all that is open, less what they cost on the rest: good security
        covers what is not contested first.

        >>> from creditlib.collection.claim import OwedInvoice, Party
        >>> due = date(2025, 11, 1)
        >>> contested = OwedInvoice("A", due, due, 100_000, disputed=40_000)
        >>> debt = Debt(Claim(Party("Buyer"), Party("Seller"), (contested,), date(2025, 12, 31)))
        >>> round(debt.cost_of_dispute(date(2025, 12, 31)))
        4680
        """
        whole, rest = (
            self._worth(on, contested=contested) - self._worth(on, WAIT, contested=contested)
            for contested in (True, False)
        )
        return max(whole - rest, 0.0)

    def _worth(self, on: date, wait: int = 0, *, contested: bool = False) -> float:
        parts = self._open_parts(contested)
        survives = (1 - self.default_probability) ** (wait / 365)
        by_age = survives * sum(
            float(amount) * collectable_share(max((on - due).days, 0) + wait)
            for due, amount in parts
        )
        return max(by_age, float(min(self.secured, sum(amount for _, amount in parts))))

    def _open_parts(self, contested: bool) -> list[tuple[date, Decimal]]:
        """What is still open of each invoice, with its due date; the `contested` parts or not."""
        invoices = sorted(self.claim.invoices, key=lambda invoice: invoice.due)
        parts = [(each.due, each.amount - each.disputed) for each in invoices]
        if contested:
            parts += [(each.due, each.disputed) for each in invoices]
        paid, left = self._paid, []
        for due, amount in parts:
            covered = min(paid, amount)
            paid -= covered
            left.append((due, amount - covered))
        return left

    @property
    def _paid(self) -> Decimal:
        return sum((payment.amount for payment in self.claim.payments), Decimal(0))


@dataclass(frozen=True)
class Goal:
    """What is wanted: `kind`, how much of it, and why in the language in use.

    Kinds: `collect` in full, `secure` first, `settle` for a part, `preserve` the relation,
    `write_off`.
    """

    kind: str
    amount: Decimal
    why: str

    @property
    def name(self) -> str:
        """The goal in the language in use."""
        return text(f"plan.goal.{self.kind}")


def goal(debt: Debt, on: date, cost_of_pursuit: object = Decimal(3000)) -> Goal:
    """Return the goal for a debt on a day; `cost_of_pursuit` is what it costs to follow it up.

    The first rule that fits: nothing is to be expected beyond its cost (write off); the debtor is
    failing or likely to default and what is owed is not secured (secure); most of it is contested,
    or it is over a year old (settle); a good customer who is a few days late (preserve); else
    collect. The rules are the course's; a company writes its own into its policy.

    >>> goal(Debt(Claim.of("80000", date(2025, 12, 1), date(2025, 12, 31)), failing=True),
    ...      date(2025, 12, 31)).kind
    'secure'
    """
    amount, days = debt.undisputed, (on - debt.oldest_due).days
    expected, cost = debt.expected(on), money(cost_of_pursuit, "cost_of_pursuit")
    if days > 0 and expected <= cost and not debt.contested:
        return _goal("write_off", Decimal(0), expected=expected, cost=cost)
    if (debt.failing or debt.default_probability >= RISKY) and debt.secured < amount:
        why = "failing" if debt.failing else "likely_default"
        return _goal("secure", amount - debt.secured, why, chance=debt.default_probability)
    if debt.contested * 2 > debt.open_amount:
        return _goal("settle", amount, "contested", disputed=debt.contested)
    if days > SETTLING:
        least = Decimal(str(round(expected, 2)))
        return _goal("settle", least, "old", days=days, least=least)
    if days <= 0:
        return _goal("collect", amount, "coming", day=debt.oldest_due)
    if debt.annual_margin >= VALUED * amount and days <= LENIENT and not debt.broken_promises:
        return _goal("preserve", amount, margin=debt.annual_margin)
    return _goal("collect", amount, days=days)


def _goal(kind: str, amount: Decimal, why: str = "", **values: object) -> Goal:
    return Goal(kind, amount, text(f"plan.goal_why.{why or kind}", amount=amount, **values))


def _after(on: date, wait: int) -> date:
    return date.fromordinal(on.toordinal() + wait)
