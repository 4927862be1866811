"""Chapter 1's widgets: the terms desk, the policy curve and the DSO lab.

Each is made in the language in use. They only show; what they show comes from the domain.
"""

from collections.abc import Sequence

from creditlib.basics.policy import Applicant
from creditlib.i18n import text
from creditlib.widgets.dso_evidence import dso_evidence
from creditlib.widgets.dso_model import EVENTS, quarter
from creditlib.widgets.frame import Control, Widget, opened
from creditlib.widgets.policy_evidence import cut_offs_for, example_applicants, policy_evidence
from creditlib.widgets.terms_evidence import terms_evidence


def terms_desk(**start: float) -> Widget:
    """Return the widget that weighs one order on longer terms; money in RMB without VAT.

    `start` gives other opening values by control, `margin=0.08` for instance, so that a page can
    open the desk on its own order.

    >>> terms_desk(margin=0.08).opening()["margin"]
    0.08
    """
    key = "widgets.terms_desk."
    controls = (
        Control("order", "slider", f"{key}order", 3e5, 1e4, 3e6, 1e4),
        Control("orders", "slider", f"{key}orders", 12, 1, 365, 1),
        Control("margin", "slider", f"{key}margin", 0.12, 0, 0.6, 0.01, number=".0%"),
        Control("days_now", "slider", f"{key}days_now", 30, 0, 180, 5),
        Control("days_asked", "slider", f"{key}days_asked", 60, 0, 180, 5),
        Control("annual_rate", "slider", f"{key}annual_rate", 0.06, 0, 0.24, 0.005, number=".1%"),
        Control("pd", "slider", f"{key}pd", 0.02, 0, 0.5, 0.005, number=".1%"),
        Control("discount", "slider", f"{key}discount", 0.02, 0, 0.1, 0.005, number=".1%"),
        Control("discount_days", "slider", f"{key}discount_days", 10, 0, 120, 5),
    )
    return Widget("terms_desk", opened(controls, start), terms_evidence)


def policy_curve(applicants: Sequence[Applicant] | None = None, **start: float) -> Widget:
    """Return the widget that seeks the cut-off at which a credit policy earns most.

    `applicants` are the customers who ask for credit; without them, an invented portfolio of 823.
    `start` gives other opening values by control, `margin=0.2` for instance.

    >>> "823" in policy_curve().render(**policy_curve().opening() | {"cut_off": 0.5})
    True
    """
    applicants = example_applicants() if applicants is None else tuple(applicants)
    cut_offs = cut_offs_for(applicants)
    step, key = cut_offs[1], "widgets.policy_curve."
    controls = (
        Control("cut_off", "slider", f"{key}cut_off", 0.05, 0, cut_offs[-1], step, number=".1%"),
        Control("margin", "slider", f"{key}margin", 0.12, 0.01, 0.4, 0.01, number=".0%"),
        Control("annual_rate", "slider", f"{key}annual_rate", 0.06, 0, 0.24, 0.005, number=".1%"),
        Control("fixed_cost", "slider", f"{key}fixed_cost", 5e6, 0, 5e7, 5e5),
    )

    def render(cut_off, margin, annual_rate, fixed_cost) -> str:
        return policy_evidence(applicants, cut_offs, cut_off, margin, annual_rate, fixed_cost)

    return Widget("policy_curve", opened(controls, start), render)


def dso_lab(**start: object) -> Widget:
    """Return the widget in which one company's DSO and its relatives are moved.

    What is shown is compared with the opening state; `start` gives another one by control,
    `terms=30` or `event="write_off"` for instance.

    >>> dso_lab(terms=30).opening()["terms"]
    30
    """
    key = "widgets.dso_lab."
    happened = tuple((text(f"{key}event.{name}"), name) for name in EVENTS)
    controls = (
        Control("event", "choice", f"{key}event_label", "steady", choices=happened),
        Control("first_month", "slider", f"{key}first_month", 1e7, 0, 3e7, 5e5),
        Control("second_month", "slider", f"{key}second_month", 1e7, 0, 3e7, 5e5),
        Control("last_month", "slider", f"{key}last_month", 1e7, 0, 3e7, 5e5),
        Control("terms", "slider", f"{key}terms", 60, 15, 90, 5),
        Control("late_share", "slider", f"{key}late_share", 0.2, 0, 1, 0.05, number=".0%"),
        Control("late_days", "slider", f"{key}late_days", 30, 0, 90, 5),
    )
    controls = opened(controls, start)
    # An opening event is what a page wants to show: the comparison is with the time before it.
    before = quarter(**{each.name: each.start for each in controls} | {"event": "steady"})

    def render(**values: object) -> str:
        return dso_evidence(quarter(**values), before)

    return Widget("dso_lab", controls, render)
