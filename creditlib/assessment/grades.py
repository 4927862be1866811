"""The course company's master scale: its own policy, not a rating agency's."""

from dataclasses import dataclass

from creditlib.assessment.matrix import is_number
from creditlib.errors import InputError
from creditlib.i18n import text


@dataclass(frozen=True)
class Grade:
    """One grade of the master scale: PDs from `pd_low` up to, but not including, `pd_high`.

    PDs are 12-month probabilities of default as decimals. The last grade, D, is no forecast but a
    fact: the customer has defaulted, and both bounds are 1.
    """

    name: str
    pd_low: float
    pd_high: float

    @property
    def label(self) -> str:
        """What the grade means, in the language in use."""
        return text(f"rating.grade.{self.name}")

    @property
    def defaulted(self) -> bool:
        """Whether this is D."""
        return self.pd_low == 1


# R2 begins at a PD of 0.125 %; each bound is twice the one before, so that grades tell odds apart.
_BOUNDS = (0.0, *(0.00125 * 2**step for step in range(8)), 1.0)
MASTER_SCALE = (
    *(Grade(f"R{n}", *_BOUNDS[n - 1 : n + 1]) for n in range(1, 10)),
    Grade("D", 1.0, 1.0),
)
LIVING = MASTER_SCALE[:-1]  # D is reached by defaulting only


def grade(pd: float) -> Grade:
    """Return the grade of a 12-month probability of default, a decimal from 0 to 1.

    A PD on a bound belongs to the worse grade; only a PD of exactly 1 is D.

    >>> grade(0.03).name, grade(0.04).name, grade(1).name
    ('R6', 'R7', 'D')
    """
    check_probability(pd, "pd")
    return next(each for each in reversed(MASTER_SCALE) if pd >= each.pd_low)


def grade_named(name: str | Grade) -> Grade:
    """Return the grade called `name`, "R1" to "R9" or "D"; a `Grade` passes through.

    >>> grade_named("R5").pd_high
    0.02
    """
    for each in MASTER_SCALE:
        if name in (each, each.name):
            return each
    known = ", ".join(each.name for each in MASTER_SCALE)
    raise InputError("rating.unknown_grade", value=name, known=known)


def check_probability(value: object, name: str) -> None:
    """Refuse what is not a probability, with a hint at the commonest slip, percent for decimal."""
    if not is_number(value):
        raise InputError("errors.not_a_number", column=name, value=value)
    if not 0 <= value <= 1:
        raise InputError("rating.not_a_probability", column=name, value=value)
