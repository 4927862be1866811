"""Chapter 2's widgets: the scorecard explorer, the AHP board and the limit desk.

Each is made in the language in use. They only show; what they show comes from the domain.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from creditlib.assessment.expert import DIMENSIONS
from creditlib.assessment.limit import credit_limit
from creditlib.assessment.pairwise import ACCEPTABLE_RATIO, ahp, pairwise_matrix
from creditlib.assessment.rating import grade
from creditlib.i18n import text
from creditlib.widgets.evidence import example_bins, scorecard_evidence
from creditlib.widgets.frame import Control, Widget
from creditlib.widgets.look import bars, money, notice, words

# The course company's highest limit for one customer, in RMB: what the appetite cap shares out.
POLICY_MAXIMUM = 5_000_000


def scorecard_explorer(
    fine_bins: Mapping[str, Mapping[str, Sequence[float]]] | None = None,
) -> Widget:
    """Return the widget that groups a characteristic into bins and gives them points.

    `fine_bins` maps the shown name of each characteristic to `{"cuts": [...], "goods": [...],
    "bads": [...]}`: how many customers of each kind lie up to and including the first cut, between
    the cuts, and above the last, in about twenty groups of equal size. A `Binning` of the course's
    scorecard has them as `cuts`, `goods[1:]` and `bads[1:]` (its first bin is "missing"). Without
    it, an invented portfolio of 4,000 customers is shown.

    >>> "WoE" in scorecard_explorer().render(**scorecard_explorer().opening())
    True
    """
    fine_bins = example_bins() if fine_bins is None else fine_bins
    names = tuple(fine_bins)
    key = "widgets.scorecard_explorer."
    cuts = [
        Control(f"cut_{number}", "slider", f"{key}cut_{number}", start, 0.05, 0.95, 0.05, (), ".0%")
        for number, start in enumerate((0.25, 0.5, 0.8), start=1)
    ]

    def render(characteristic, cut_1, cut_2, cut_3, add_half, pdo, odds, points) -> str:
        shares = (cut_1, cut_2, cut_3)
        return scorecard_evidence(fine_bins[characteristic], shares, add_half, pdo, odds, points)

    controls = (
        Control(
            "characteristic",
            "choice",
            f"{key}characteristic",
            names[0],
            choices=tuple(zip(names, names, strict=True)),
        ),
        *cuts,
        Control("add_half", "toggle", f"{key}add_half", False),
        Control("pdo", "slider", f"{key}pdo", 20, 10, 60, 5),
        Control("odds", "number", f"{key}odds", 50, 1, 500, 1),
        Control("points", "number", f"{key}points", 600, 0, 1000, 10),
    )
    return Widget("scorecard_explorer", controls, render)


def ahp_board(**start: float) -> Widget:
    """Return the widget that turns six comparisons of the four dimensions into weights.

    `start` gives another opening judgement by pair, `market_position_industry_risk=3` for instance:
    three times as important as.

    >>> [control.start for control in ahp_board().controls]
    [0.5, 2, 1, 3, 2, 3]
    """
    pairs = list(combinations(DIMENSIONS, 2))
    # Inconsistent on purpose (CR 0.135): there is a judgement to find and to think over.
    opening = dict(zip(map("_".join, pairs), (1 / 2, 2, 1, 3, 2, 3), strict=True)) | start
    controls = tuple(
        Control(name, "choice", f"widgets.ahp_board.{name}", judgement, choices=_saaty_scale())
        for name, judgement in opening.items()
    )

    def render(**judgements: float) -> str:
        rest = iter(judgements[name] for name in opening)
        upper = [[next(rest) for _ in range(length)] for length in (3, 2, 1)]
        result = ahp(pairwise_matrix(upper))
        labels = [text(f"widgets.ahp_board.{name}") for name in DIMENSIONS]
        rows = [
            (label, weight, f"{weight:.1%}")
            for label, weight in zip(labels, result.weights, strict=True)
        ]
        verdict = notice(
            text(
                f"widgets.ahp_board.{'consistent' if result.acceptable else 'inconsistent'}",
                ratio=result.consistency_ratio,
                limit=ACCEPTABLE_RATIO,
            ),
            "good" if result.acceptable else "bad",
        )
        return bars(rows) + verdict + _doubt(result.revisit, pairs, labels)

    return Widget("ahp_board", controls, render)


def limit_desk(policy_maximum: float = POLICY_MAXIMUM, **start: float) -> Widget:
    """Return the widget that sets one customer's credit limit; money in RMB, shares as decimals.

    `start` gives other opening values by control, `annual_purchases=8_000_000` for instance, so
    that a page can open the desk on its own customer.

    >>> limit_desk(pd=0.01).opening()["pd"]
    0.01
    """
    key = "widgets.limit_desk."
    controls = (
        Control("annual_purchases", "slider", f"{key}purchases", 12e6, 0, 30e6, 1e5),
        Control("terms_days", "slider", f"{key}terms", 60, 0, 180, 5),
        Control("delay_days", "slider", f"{key}delay", 15, 0, 120, 5),
        Control("net_worth", "slider", f"{key}net_worth", 18e6, -5e6, 60e6, 5e5),
        Control("pd", "slider", f"{key}pd", 0.03, 0.001, 0.3, 0.001, number=".1%"),
        Control("lgd", "slider", f"{key}lgd", 0.6, 0.05, 1, 0.05, number=".0%"),
        Control("risk_budget", "slider", f"{key}risk_budget", 5e4, 0, 2e5, 5e3),
        Control("reference", "slider", f"{key}reference", 2e6, 0, 10e6, 1e5),
        Control("guarantee", "slider", f"{key}guarantee", 0, 0, 5e6, 1e5),
    )
    controls = tuple(
        each.starting(start[each.name]) if each.name in start else each for each in controls
    )

    def render(net_worth, reference, **inputs: float) -> str:
        result = credit_limit(
            **inputs,
            tangible_net_worth=net_worth,
            trade_references=[reference],
            policy_maximum=policy_maximum,
        )
        named = {cap.name: text(f"plots.cap.{cap.name}") for cap in result.caps}
        rows = [(named[cap.name], cap.amount, f"{cap.amount:,.0f}") for cap in result.caps]
        binding = [named[name] for name in result.binding]
        reasons = "".join(f"<li>{words(cap.formula)}</li>" for cap in result.caps)
        return (
            notice(_limit_decision(result, binding, grade(inputs["pd"])), _tone(result))
            + bars(rows, marked=binding)
            + f"<details><summary>{words(text(key + 'how'))}</summary><ul>{reasons}</ul></details>"
        )

    return Widget("limit_desk", controls, render)


def _saaty_scale() -> tuple[tuple[str, float], ...]:
    more = [(text(f"widgets.saaty.more.{n}", ratio=f"{n}"), n) for n in range(9, 1, -1)]
    less = [(text(f"widgets.saaty.less.{n}", ratio=f"1/{n}"), 1 / n) for n in range(2, 10)]
    return (*more, (text("widgets.saaty.equal"), 1), *less)


def _doubt(doubt, pairs, labels) -> str:
    if doubt is None:
        return ""
    sentence = text(
        "widgets.ahp_board.revisit",
        first=labels[doubt.row - 1],
        second=labels[doubt.column - 1],
        given=_ratio(doubt.given),
        implied=_ratio(doubt.implied),
    )
    return notice(sentence, "quiet")


def _ratio(value: float) -> str:
    return f"{value:.2g}" if value >= 1 else f"1/{1 / value:.2g}"


def _limit_decision(result, binding: list[str], graded) -> str:
    outcome = "secured_only" if result.secured_only else "open"
    sentence = text(
        f"widgets.limit_desk.{outcome}",
        limit=money(result.limit),
        binding=text("widgets.and").join(binding),
        grade=graded.name,
        meaning=graded.label,
    )
    if not result.guarantee:
        return sentence
    return sentence + text("widgets.limit_desk.guaranteed", guarantee=money(result.guarantee))


def _tone(result) -> str:
    return "bad" if result.secured_only else "good"
