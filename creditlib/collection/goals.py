"""What to want from a debt before anyone calls: all of it, security, a settlement, or an end."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditlib.basics.chase import collectable_share
from creditlib.collection.claim import Claim, money
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
        for name in ("annual_margin", "secured"):
            object.__setattr__(self, name, money(getattr(self, name), name))

    @property
    def open_amount(self) -> Decimal:
        """What is owed, contested or not, less part payments; never below zero."""
        paid = sum((payment.amount for payment in self.claim.payments), Decimal(0))
        return max(self.claim.principal - paid, Decimal(0))

    @property
    def undisputed(self) -> Decimal:
        """What is owed and not contested, less part payments; never below zero."""
        return max(self.open_amount - self.claim.disputed, Decimal(0))

    @property
    def risky(self) -> bool:
        """Whether the ladder is climbed faster."""
        return self.failing or self.default_probability >= RISKY or self.broken_promises >= 2

    def expected(self, on: date, wait: int = 0) -> float:
        """Return what is expected to come in of the undisputed part after `wait` days more.

        The share that age leaves (`basics.chase.collectable_share`), unless the customer defaults
        within the wait: `default_probability` is spread evenly over the year. What good security
        covers comes in all the same. A deadline that passes within the wait takes all of it.
        """
        if any(on <= deadline.day < _after(on, wait) for deadline in self.deadlines):
            return 0.0
        return self._worth(self.undisputed, on, wait)

    def lost_with_right(self, on: date) -> float:
        """Return what is expected to come in of all that is open: what a missed deadline costs.

        The contested part is in it: a dispute does not stop the period.

        >>> claim = Claim.of("100000", due=date(2025, 11, 1), as_of=date(2025, 12, 31))
        >>> round(Debt(claim).lost_with_right(date(2025, 12, 31)))
        81300
        """
        return self._worth(self.open_amount, on, 0)

    def cost_of_waiting(self, on: date, wait: int = WAIT) -> float:
        """Return how much less is expected to come in if nothing is done for `wait` days.

        >>> debt = Debt(Claim.of("100000", due=date(2025, 11, 1), as_of=date(2025, 12, 31)))
        >>> round(debt.cost_of_waiting(date(2025, 12, 31)))
        11700
        """
        return max(self.expected(on) - self.expected(on, wait), 0.0)

    def _worth(self, amount: Decimal, on: date, wait: int) -> float:
        days = max((on - self.claim.oldest_due).days, 0) + wait
        survives = (1 - self.default_probability) ** (wait / 365)
        by_age = float(amount) * collectable_share(days) * survives
        return max(by_age, float(min(self.secured, amount)))


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
    amount, days = debt.undisputed, (on - debt.claim.oldest_due).days
    expected, cost = debt.expected(on), money(cost_of_pursuit, "cost_of_pursuit")
    if expected <= cost and debt.claim.disputed == 0:
        return _goal("write_off", Decimal(0), expected=expected, cost=cost)
    if (debt.failing or debt.default_probability >= RISKY) and debt.secured < amount:
        why = "failing" if debt.failing else "likely_default"
        return _goal("secure", amount - debt.secured, why, chance=debt.default_probability)
    if debt.claim.disputed * 2 > debt.claim.principal:
        return _goal("settle", amount, "contested", disputed=debt.claim.disputed)
    if days > SETTLING:
        least = Decimal(str(round(expected, 2)))
        return _goal("settle", least, "old", days=days, least=least)
    if debt.annual_margin >= VALUED * amount and days <= LENIENT and not debt.broken_promises:
        return _goal("preserve", amount, margin=debt.annual_margin)
    return _goal("collect", amount, days=days)


def _goal(kind: str, amount: Decimal, why: str = "", **values: object) -> Goal:
    return Goal(kind, amount, text(f"plan.goal_why.{why or kind}", amount=amount, **values))


def _after(on: date, wait: int) -> date:
    return date.fromordinal(on.toordinal() + wait)
