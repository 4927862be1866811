"""Chapters 2.2 and 2.3: from a default probability and a judgement to one grade and one decision.

The notch rule is a policy of the course's company, like the master scale in `grades` and the
appetite in `limit`; published default rates stand in `migration`, for reference only. All of them
are offered here too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from creditlib.assessment.expert import HIGHEST, LOWEST, checked_vetoes
from creditlib.assessment.grades import LIVING, MASTER_SCALE, Grade, grade, grade_named
from creditlib.assessment.limit import (
    Cap,
    CreditLimit,
    LimitPolicy,
    WorkingAssets,
    credit_limit,
    working_assets,
)
from creditlib.assessment.matrix import is_number
from creditlib.assessment.migration import SP_1981_2016, cumulative_default, nr_adjusted_pd
from creditlib.errors import InputError
from creditlib.i18n import text

__all__ = [
    "MASTER_SCALE",
    "NOTCH_RULE",
    "SP_1981_2016",
    "Cap",
    "CreditLimit",
    "Decision",
    "Grade",
    "LimitPolicy",
    "Override",
    "WorkingAssets",
    "combine",
    "credit_limit",
    "cumulative_default",
    "expert_notches",
    "grade",
    "grade_named",
    "nr_adjusted_pd",
    "override",
    "working_assets",
]

# Expert scores (1-5) that move the model's grade: (from, notches), best first; below all: -2.
NOTCH_RULE = ((4.5, 2), (3.75, 1), (2.25, 0), (1.5, -1))


@dataclass(frozen=True)
class Override:
    """One entry of the override log: who moved which grade, how far, why, and who agreed."""

    before: Grade
    after: Grade
    notches: int
    reasons: tuple[str, ...]
    by: str
    approved_by: str
    as_of: date | None


def override(
    grade: Grade | str,
    notches: int,
    reasons: str | Sequence[str],
    by: str,
    approved_by: str,
    limit: int = 2,
    vetoes: Iterable[str] = (),
    as_of: date | None = None,
) -> Override:
    """Return the log entry of a grade changed by hand; positive `notches` are better grades.

    Refused with an `InputError`: no reason; the same person proposing and approving (four eyes);
    more than `limit` notches; a customer under a veto or in default; a move off the scale (D is
    reached by defaulting only).

    >>> entry = override("R6", 1, "parent guarantee signed", by="Lin", approved_by="Chen")
    >>> entry.after.name
    'R5'
    """
    before = grade_named(grade)
    given = tuple(
        reason.strip()
        for reason in ([reasons] if isinstance(reasons, str) else reasons)
        if reason.strip()
    )
    if not given:
        raise InputError("rating.override_reason")
    if not by.strip() or not approved_by.strip():
        raise InputError("rating.override_names")
    if by.strip().casefold() == approved_by.strip().casefold():
        raise InputError("rating.four_eyes", by=by.strip())
    vetoed = checked_vetoes(vetoes)
    if vetoed:
        raise InputError("rating.override_veto", veto=text(f"expert.veto.{vetoed[0]}"))
    if before.defaulted:
        raise InputError("rating.override_default")
    if isinstance(notches, bool) or not isinstance(notches, int) or notches == 0:
        raise InputError("rating.whole_notches", value=notches)
    if abs(notches) > limit:
        raise InputError("rating.too_many_notches", value=abs(notches), limit=limit)
    after = _moved(before, notches)
    if LIVING.index(before) - LIVING.index(after) != notches:
        raise InputError("rating.off_master_scale", grade=before.name, notches=notches)
    return Override(before, after, notches, given, by.strip(), approved_by.strip(), as_of)


@dataclass(frozen=True)
class Decision:
    """Numbers and judgement in one: `grade` is what the limit is set on, unless `decline`.

    `notches` is what the expert score asked for; the scale's ends and the industry cap may stop it.
    """

    model_grade: Grade
    expert_score: float | None
    notches: int
    grade: Grade
    decline: bool
    reasons: tuple[str, ...]


def expert_notches(expert_score: float) -> int:
    """Return how many notches an expert score of 1–5 moves the model's grade: +2 to −2.

    From 4.5 on two better, from 3.75 one better, from 2.25 none, from 1.5 one worse, below that two
    worse: judgement may correct the model, not replace it.

    >>> [expert_notches(score) for score in (4.6, 4, 3, 2, 1.2)]
    [2, 1, 0, -1, -2]
    """
    if not is_number(expert_score) or not LOWEST <= expert_score <= HIGHEST:
        raise InputError("expert.off_scale", value=expert_score, low=LOWEST, high=HIGHEST)
    return next((notches for least, notches in NOTCH_RULE if expert_score >= least), -2)


def combine(
    model_grade: Grade | str,
    expert_score: float | None,
    *,
    vetoes: Iterable[str] = (),
    industry_cap: Grade | str | None = None,
) -> Decision:
    """Return one decision from the model's grade and the expert score, with its reasons.

    In this order: the expert score moves the grade by `expert_notches` (never off the scale, never
    into D; None, insufficient evidence, moves nothing); the result is no better than
    `industry_cap`; a veto or a default means decline, whatever the grade.

    >>> decision = combine("R6", 4.2, industry_cap="R6")
    >>> decision.notches, decision.grade.name, decision.decline
    (1, 'R6', False)
    """
    before = grade_named(model_grade)
    vetoed = checked_vetoes(vetoes)
    reasons = [text("expert.vetoed", veto=text(f"expert.veto.{veto}")) for veto in vetoed]
    if before.defaulted:
        reasons.append(text("rating.in_default"))
        return Decision(before, expert_score, 0, before, True, tuple(reasons))

    notches = 0 if expert_score is None else expert_notches(expert_score)
    after = _moved(before, notches)
    if expert_score is None:
        reasons.append(text("rating.no_expert_score", grade=before.name))
    else:
        moved = {"score": expert_score, "before": before.name, "after": after.name}
        reasons.append(text(f"rating.moved.{_direction(before, after)}", **moved))
    cap = MASTER_SCALE[0] if industry_cap is None else grade_named(industry_cap)
    if after.pd_low < cap.pd_low:
        reasons.append(text("rating.industry_capped", before=after.name, cap=cap.name))
        after = cap
    return Decision(before, expert_score, notches, after, bool(vetoed), tuple(reasons))


def _moved(before: Grade, notches: int) -> Grade:
    place = LIVING.index(before) - notches
    return LIVING[min(max(place, 0), len(LIVING) - 1)]


def _direction(before: Grade, after: Grade) -> str:
    if before == after:
        return "none"
    return "up" if after.pd_low < before.pd_low else "down"
