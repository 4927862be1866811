"""Until when a guarantor can be held: a period that nothing interrupts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from creditlib.collection.calendar import add_months, next_working_day
from creditlib.collection.claim import calendar_day
from creditlib.collection.limitation_events import Event, Ignored, ignored
from creditlib.collection.steps import Step, step
from creditlib.errors import InputError
from creditlib.i18n import text

DEFAULT_MONTHS = 6
_ACTS = {
    "general": ("suit", "arbitration"),
    "joint": ("guarantor_demand", "guarantor_suit"),
}


@dataclass(frozen=True)
class GuarantorAct:
    """A claim made on the guarantor itself: a `guarantor_demand` that arrived, or a suit."""

    day: date
    kind: str = "guarantor_demand"
    detail: str = ""

    def __post_init__(self):
        object.__setattr__(self, "day", calendar_day(self.day, "day"))
        if self.kind not in _ACTS["joint"]:
            raise InputError(
                "limitation.unknown_act",
                column="kind",
                value=self.kind,
                known=", ".join(_ACTS["joint"]),
            )


@dataclass(frozen=True)
class GuaranteePeriod:
    """The last day of a guarantee period and what must be done by then.

    `kept_by` is the act that kept the guarantor bound, None while nobody has done it.
    """

    kind: str
    last_day: date
    rolled: date
    act: Step
    kept_by: Event | GuarantorAct | None
    steps: tuple[Step, ...]
    ignored: tuple[Ignored, ...]

    def released(self, on: date) -> bool:
        """Tell whether the guarantor is free on a day: the period over and nothing done in it."""
        return self.kept_by is None and on > self.last_day

    @property
    def notice(self) -> str:
        """What this reckoning is not."""
        return text("law.notice")


def guarantee_period(
    main_due: date,
    kind: str | None = None,
    *,
    agreed: date | int | str | None = None,
    events: Iterable[Event | GuarantorAct] = (),
    holidays: Collection[date] = (),
) -> GuaranteePeriod:
    """Return the guarantee period of a debt due on `main_due`.

    `kind` is "general", "joint", or None where the contract does not say: then general. `agreed` is
    a last day, a number of months after the due date, or the contract's words such as "until the
    debt is paid", which fix neither and are unclear: then six months, as with nothing agreed or
    with a day that is not after the due date. Nothing suspends, interrupts or extends the period:
    such events come back in `.ignored`. A general guarantor is kept by suit or arbitration against
    the *debtor*, a joint one by a claim on the *guarantor* (`GuarantorAct`), each within the
    period, so not before the debt is due.
    Source: Civil Code 686, 692–694; Guarantee Interpretation 28, 32, 34.

    >>> period = guarantee_period(date(2025, 8, 31))
    >>> period.kind, period.last_day
    ('general', datetime.date(2026, 2, 28))
    """
    if kind not in (None, "general", "joint"):
        raise InputError("limitation.unknown_guarantee", column="kind", value=kind)
    steps = [step(f"limitation.guarantee.{kind or 'silent'}", "civil_686" if not kind else "")]
    kind = kind or "general"
    main_due = calendar_day(main_due, "main_due")
    last_day, why = _last_day(main_due, agreed)
    steps += why
    kept_by, dropped = None, []
    for event in sorted(set(events), key=lambda each: (each.day, each.kind, each.detail)):
        if event.kind in _ACTS[kind] and main_due < event.day <= last_day:
            kept_by = kept_by or event
        else:
            dropped.append(_ignored(event, kind, main_due, last_day))
    if kept_by:
        law = "civil_694_general" if kind == "general" else "civil_694"
        steps.append(step(f"limitation.guarantee.kept_{kind}", law, day=kept_by.day))
    rolled = next_working_day(last_day, holidays)
    if rolled != last_day:
        steps.append(step("limitation.step.rolled", "civil_203", last_day=last_day, rolled=rolled))
    law = "civil_693" if kind == "general" else "civil_693_each"
    act = step(f"limitation.guarantee.act_{kind}", law, last_day=last_day)
    return GuaranteePeriod(kind, last_day, rolled, act, kept_by, tuple(steps), tuple(dropped))


def _last_day(main_due: date, agreed: date | int | str | None) -> tuple[date, list[Step]]:
    in_words = isinstance(agreed, str) and not any(map(str.isdigit, agreed))
    if not (agreed is None or in_words or isinstance(agreed, int | date)):
        raise InputError("limitation.period_in_words", value=agreed)
    if isinstance(agreed, int) and not isinstance(agreed, bool):
        if agreed < 0:
            raise InputError("limitation.negative_months", value=agreed)
        agreed = add_months(main_due, agreed)
    if isinstance(agreed, date):
        agreed = calendar_day(agreed, "agreed")
    if isinstance(agreed, date) and agreed > main_due:
        said = step("limitation.guarantee.agreed", "civil_692", due=main_due, last_day=agreed)
        return agreed, [said]
    last_day = add_months(main_due, DEFAULT_MONTHS)
    values = {"due": main_due, "last_day": last_day}
    if isinstance(agreed, str) and agreed:
        words = {"words": agreed} | values
        return last_day, [step("limitation.guarantee.unclear", "guarantee_32", **words)]
    key = "none" if not agreed else "not_after_due"
    return last_day, [step(f"limitation.guarantee.{key}", "civil_692", **values)]


def _ignored(event: Event | GuarantorAct, kind: str, main_due: date, last_day: date) -> Ignored:
    if event.kind == "guarantor_signature" and event.day > last_day:
        return ignored(event, "signature_too_late", last_day=last_day)
    if event.kind in _ACTS[kind] and event.day <= main_due:
        return ignored(event, "too_early", due=main_due)
    if event.kind in _ACTS[kind]:
        return ignored(event, "too_late", last_day=last_day)
    if event.kind in ("suit", "arbitration"):
        return ignored(event, "wrong_act_joint")
    if event.kind in _ACTS["joint"]:
        return ignored(event, "wrong_act_general")
    return ignored(event, "no_interruption", last_day=last_day)
