"""When which step is due: the ladder from the courtesy check to the court, in days past due.

Practitioners' guides agree on the order and differ by some days (Institute of Credit Management,
"Managing your cash flow"; Xolv, "Ten tips for effective dunning"). A company sets its own days in
its credit policy; these are the course's.
"""

from dataclasses import dataclass
from itertools import takewhile

from creditlib.errors import InputError
from creditlib.i18n import text

EARLIER = 0.5  # a risky customer's ladder has steps half as far apart


@dataclass(frozen=True)
class Rung:
    """A step of the ladder: from which day past due, what it takes, and the notice it sends."""

    step: str
    from_day: int
    minutes: int
    notice: str = ""

    @property
    def name(self) -> str:
        """The step in the language in use."""
        return text(f"plan.step.{self.step}")


LADDER = (
    Rung("courtesy_check", -7, 5),
    Rung("reminder", 1, 5, "reminder"),
    Rung("call", 7, 20, "second_reminder"),
    Rung("formal_notice", 20, 30, "formal_demand"),
    Rung("final_demand", 30, 40, "final_notice"),
    Rung("external", 60, 120, "lawyer_letter"),
)
STOP_SUPPLY = "formal_notice"  # goods go out until this rung, and not from it on


def rung(days_overdue: int, *, risky: bool = False, earliest: str = "") -> Rung | None:
    """Return the rung that a debt has reached, None while it is not yet due for a check.

    `risky` customers climb twice as fast; `earliest` is a rung that is not fallen below once the
    debt is past due, for a debtor who has broken promises or has had that notice already.

    >>> rung(3).step, rung(12).step, rung(12, risky=True).step
    ('reminder', 'call', 'formal_notice')
    >>> rung(3, earliest="final_demand").step
    'final_demand'
    """
    reached = list(takewhile(lambda one: _from(one, risky) <= days_overdue, LADDER))
    floor = LADDER.index(named(earliest)) + 1 if earliest else 0
    place = max(len(reached), floor if days_overdue > 0 else 0)
    return LADDER[place - 1] if place else None


def named(step: str) -> Rung:
    """Return the rung of that name."""
    for one in LADDER:
        if one.step == step:
            return one
    known = ", ".join(one.step for one in LADDER)
    raise InputError("plan.unknown_step", value=step, known=known)


def _from(one: Rung, risky: bool) -> float:
    return one.from_day * EARLIER if risky and one.from_day > 1 else one.from_day
