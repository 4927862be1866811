"""Chapter 2.2: judgement that can be checked, from anchored scales to one weighted score.

Weights by pairwise comparison stand in `pairwise`, agreement on grades in `agreement`, on scores in
`concordance`; all are offered here too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean, median

from creditlib.assessment.agreement import cohen_kappa, fleiss_kappa
from creditlib.assessment.concordance import icc, kendall_w
from creditlib.assessment.matrix import check_amounts, is_number
from creditlib.assessment.pairwise import ahp, group_judgements, pairwise_matrix
from creditlib.errors import InputError, Undefined
from creditlib.i18n import text

__all__ = [
    "DIMENSIONS",
    "SCALES",
    "VETOES",
    "Consensus",
    "Scale",
    "SheetScore",
    "ahp",
    "checked_vetoes",
    "cohen_kappa",
    "combine_raters",
    "fleiss_kappa",
    "group_judgements",
    "icc",
    "kendall_w",
    "pairwise_matrix",
    "score_sheet",
]

DIMENSIONS = ("market_position", "operating_ability", "industry_risk", "management_quality")
LOWEST, HIGHEST = 1, 5
VETOES = ("fraud", "dishonest_debtor", "sanctions")
DISCUSS_FROM = 2  # scale points between the highest and the lowest rater
ROUNDING = 1e-3  # weights copied with three decimals need not add up to exactly 1
FLOAT_NOISE = 1e-9


@dataclass(frozen=True)
class Scale:
    """The anchored 1–5 scale of one dimension, in the language in use when it is read.

    5 is always the best for the supplier: a 5 for industry risk is a *low* risk. An anchor says
    what a rater must have seen to give that score; `evidence` says where to look for it.

    >>> sorted(SCALES["industry_risk"].anchors)
    [1, 2, 3, 4, 5]
    """

    dimension: str

    @property
    def label(self) -> str:
        """The dimension's name."""
        return text(f"expert.{self.dimension}.label")

    @property
    def evidence(self) -> str:
        """Which documents, visits and talks support a score."""
        return text(f"expert.{self.dimension}.evidence")

    @property
    def anchors(self) -> dict[int, str]:
        """Each score with what must be true to give it."""
        return {
            score: text(f"expert.{self.dimension}.anchor.{score}")
            for score in range(LOWEST, HIGHEST + 1)
        }


SCALES = {dimension: Scale(dimension) for dimension in DIMENSIONS}


@dataclass(frozen=True)
class SheetScore:
    """One customer's score sheet, added up.

    `score` is on the 1–5 scale, None only where a veto decided without enough evidence;
    `weights_used` are the weights after renormalising; `vetoed` holds the vetoes that apply.
    """

    score: float | None
    weights_used: dict[str, float]
    vetoed: tuple[str, ...]
    reasons: tuple[str, ...]


def score_sheet(
    scores: Mapping[str, float | None],
    weights: Mapping[str, float],
    vetoes: Iterable[str] = (),
    missing_limit: float = 0.15,
    evidence: Mapping[str, str] | None = None,
) -> SheetScore:
    """Return the weighted expert score Σ w·s of one customer.

    `scores` maps each criterion to 1–5, None where nobody could tell; `weights` maps the same
    criteria to weights that add up to 1. With `evidence` (criterion → what was seen), a score that
    nothing supports counts as missing. While the missing criteria weigh `missing_limit` or less
    the others share their weight. `vetoes` (any of `VETOES`) stand outside the sum: no score makes
    good a fraud, an entry in the list of dishonest judgment debtors, or a sanction.

    Raises `Undefined` ("insufficient_evidence") if more than that is missing and no veto applies.
    Source: 5C practice; the limit of 15 % is the course company's policy.

    >>> sheet = score_sheet({"character": 4, "capacity": 2}, {"character": 0.6, "capacity": 0.4})
    >>> round(sheet.score, 2), sheet.vetoed
    (3.2, ())
    """
    weights = _checked_weights(weights)
    given = _checked_scores(scores, weights)
    vetoed = checked_vetoes(vetoes)
    reasons = [text("expert.vetoed", veto=text(f"expert.veto.{veto}")) for veto in vetoed]
    if evidence is not None:
        unsupported = [name for name in given if not str(evidence.get(name) or "").strip()]
        reasons += [text("expert.no_evidence", name=criterion_label(name)) for name in unsupported]
        given = {name: score for name, score in given.items() if name not in unsupported}

    missing = [name for name in weights if name not in given]
    missing_weight = sum(weights[name] for name in missing)
    names = text("expert.list_joint").join(criterion_label(name) for name in missing)
    shortfall = {"names": names, "weight": missing_weight, "limit": missing_limit}
    present_weight = sum(weights[name] for name in given)
    if missing_weight > missing_limit + FLOAT_NOISE or present_weight == 0:
        if not vetoed:
            raise Undefined("expert.insufficient_evidence", **shortfall)
        reasons.append(text("expert.insufficient_evidence", **shortfall))
        return SheetScore(None, {}, vetoed, tuple(reasons))
    if missing:
        reasons.append(text("expert.renormalised", **shortfall))
    used = {name: weights[name] / present_weight for name in given}
    score = sum(weight * given[name] for name, weight in used.items())
    return SheetScore(score, used, vetoed, tuple(reasons))


@dataclass(frozen=True)
class Consensus:
    """What several raters say about one dimension; None where no rater gave a score."""

    dimension: str
    median: float | None
    mean: float | None
    spread: float | None
    raters: int
    discuss: bool


def combine_raters(sheets: Mapping[str, Mapping[str, float | None]]) -> dict[str, Consensus]:
    """Return, per dimension, the raters' median and mean, and whether they must talk first.

    `sheets` maps each rater to their own sheet, dimension → 1–5 or None. `spread` is the highest
    less the lowest score; from 2 points on the raters are looking at different facts, and `discuss`
    says so: no average settles that.

    >>> seen = combine_raters({"sales": {"market_position": 5}, "credit": {"market_position": 3}})
    >>> seen["market_position"].median, seen["market_position"].discuss
    (4.0, True)
    """
    if not sheets:
        raise InputError("expert.no_raters")
    dimensions = dict.fromkeys(name for sheet in sheets.values() for name in sheet)
    return {
        dimension: _consensus(
            dimension,
            [
                _checked_score(sheet[dimension], row=rater, column=dimension)
                for rater, sheet in sheets.items()
                if sheet.get(dimension) is not None
            ],
        )
        for dimension in dimensions
    }


def criterion_label(name: str) -> str:
    """Return the course's label of a dimension, or the name itself for a criterion of your own.

    >>> criterion_label("delivery record")
    'delivery record'
    """
    return SCALES[name].label if name in SCALES else name


def checked_vetoes(vetoes: Iterable[str]) -> tuple[str, ...]:
    """Return the vetoes as a tuple; an unknown one is an `InputError`.

    >>> checked_vetoes(["fraud"])
    ('fraud',)
    """
    vetoes = (vetoes,) if isinstance(vetoes, str) else tuple(vetoes)
    for veto in vetoes:
        if veto not in VETOES:
            raise InputError("expert.unknown_veto", value=veto, known=", ".join(VETOES))
    return vetoes


def _consensus(dimension: str, scores: list[float]) -> Consensus:
    if not scores:
        return Consensus(dimension, None, None, None, 0, False)
    spread = max(scores) - min(scores)
    return Consensus(
        dimension, median(scores), fmean(scores), spread, len(scores), spread >= DISCUSS_FROM
    )


def _checked_weights(weights: Mapping[str, float]) -> dict[str, float]:
    check_amounts(weights)
    total = sum(weights.values())
    if abs(total - 1) > ROUNDING:
        raise InputError("expert.weights_total", total=total)
    return {name: weight / total for name, weight in weights.items()}


def _checked_scores(
    scores: Mapping[str, float | None], weights: Mapping[str, float]
) -> dict[str, float]:
    unknown = [name for name in scores if name not in weights]
    if unknown:
        raise InputError("expert.no_weight", name=unknown[0], known=", ".join(weights))
    return {
        name: _checked_score(score, column=name)
        for name, score in scores.items()
        if score is not None
    }


def _checked_score(score: object, row: str | None = None, column: str | None = None) -> float:
    if not is_number(score) or not LOWEST <= score <= HIGHEST:
        raise InputError(
            "expert.off_scale", row=row, column=column, value=score, low=LOWEST, high=HIGHEST
        )
    return float(score)
