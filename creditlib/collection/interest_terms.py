"""What late payment costs under each regime: the rates that apply from which day, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from creditlib.collection.claim import Claim, calendar_day, money
from creditlib.collection.lpr import Rate, changes, in_force, is_carried_forward
from creditlib.collection.steps import Step, percent, step
from creditlib.errors import InputError

REGIMES = ("sale_contract", "sme_regulation", "agreed", "enforcement", "eu", "uk")
CURRENCY = {
    "sale_contract": "CNY", "sme_regulation": "CNY", "enforcement": "CNY", "eu": "EUR", "uk": "GBP",
}  # fmt: skip
LOW, HIGH = Decimal("1.3"), Decimal("1.5")
SME_DAILY = Decimal("0.0005")
ENFORCEMENT_DAILY = Decimal("0.000175")
STATUTORY_MARGIN = Decimal("0.08")
_SME_FROM, _SME_REVISED = date(2020, 9, 1), date(2025, 6, 1)
_DOUBLE_FROM = date(2014, 8, 1)
_UK_SUMS = ((Decimal(1000), Decimal(40)), (Decimal(10000), Decimal(70)))


@dataclass(frozen=True)
class RateLine:
    """A rate from a day on, as a decimal for a `per` of "year" or "day"; `lpr` in percent."""

    start: date
    rate: Decimal
    per: str = "year"
    lpr: Decimal | None = None

    @property
    def annual(self) -> Decimal:
        """The rate for a year of 365 days."""
        return self.rate * 365 if self.per == "day" else self.rate


@dataclass(frozen=True)
class Question:
    """What the caller chose: the regime and its switches; rates are decimals, 0.12 is 12 %."""

    regime: str
    mode: str
    multiple: Decimal
    rates: Sequence[Rate] | None
    daily: Decimal | None
    annual: Decimal | None
    contract_date: date | None
    reference: Decimal | Mapping[date, Decimal] | None


@dataclass(frozen=True)
class RateTerms:
    """The rates for one due date with their reasons and with what is doubtful about them."""

    lines: tuple[RateLine, ...]
    steps: tuple[Step, ...]
    warnings: tuple[Step, ...] = ()


def agreed_rate(claim: Claim, daily: object = None, annual: object = None) -> RateLine | None:
    """Return what was agreed for late payment, from the arguments or else from the claim.

    Raises `InputError` if a rate is given both a day and a year: one of them would be made up.
    """
    if daily is None and claim.daily_penalty is not None:
        daily = claim.daily_penalty
    if daily is not None and annual is not None:
        raise InputError("interest.two_rates", daily=daily, annual=annual)
    if daily is None and annual is None:
        return None
    name, value = ("daily", daily) if annual is None else ("annual", annual)
    rate = money(value, name)
    if not 0 <= rate < 1:
        raise InputError(f"interest.not_a_{name}_rate", value=rate)
    return RateLine(date.min, rate, "day" if name == "daily" else "year")


def rate_terms(claim: Claim, question: Question, start: date, end: date) -> RateTerms:
    """Return the rates from `start`, the first overdue day, to `end`, the last day counted."""
    return _TERMS[question.regime](claim, question, start, max(start, end))


def fixed_sum(claim: Claim, regime: str) -> tuple[Decimal, Step | None]:
    """Return the fixed compensation for being paid late, EU and UK only, with its reason."""
    if regime == "eu":
        return Decimal(40), step("interest.step.eu_fixed", "eu_2011_7")
    if regime == "uk":
        fixed = next((fixed for below, fixed in _UK_SUMS if claim.principal < below), Decimal(100))
        return fixed, step("interest.step.uk_fixed", "uk_1998", fixed=fixed, debt=claim.principal)
    return Decimal(0), None


def lpr_warnings(days: Sequence[date], rates: Sequence[Rate] | None) -> list[Step]:
    """Return what is doubtful about the rates looked up for these days."""
    found = []
    known = in_force(date.max, rates)
    if any(is_carried_forward(day, rates) for day in days):
        found.append(step("interest.warning.carried", last=known.published, rate=known.one_year))
    weak = {rate.published for rate in (in_force(day, rates) for day in days) if rate.source == "C"}
    if weak:
        found.append(step("interest.warning.news_rate", published=min(weak)))
    return found


def _sale_contract(claim: Claim, question: Question, start: date, end: date) -> RateTerms:
    rate = in_force(start, question.rates)
    multiple = question.multiple
    used = [(start, rate)]
    if question.mode == "segmented":
        later = changes(start, end, question.rates)[1:]
        used += [(each.published, each) for each in later]
    lines = [
        RateLine(day, each.one_year / 100 * multiple, "year", each.one_year) for day, each in used
    ]
    steps = [
        step("interest.step.sale", "sale_18"),
        step("interest.step.lpr", lpr=rate.one_year, published=rate.published, day=start),
        step(
            "interest.step.multiple",
            multiple=multiple,
            rate=percent(lines[0].rate),
            low=percent(rate.one_year / 100 * LOW),
            high=percent(rate.one_year / 100 * HIGH),
        ),
    ]
    steps += [
        step("interest.step.lpr_change", day=line.start, lpr=line.lpr, rate=percent(line.rate))
        for line in lines[1:]
    ]
    looked_up = [start, end] if question.mode == "segmented" else [start]
    warnings = lpr_warnings(looked_up, question.rates)
    if agreed_rate(claim, question.daily, question.annual) is not None:
        warnings.append(step("interest.warning.agreed_exists", "civil_585"))
    return RateTerms(tuple(lines), tuple(steps), tuple(warnings))


def _sme_regulation(claim: Claim, question: Question, start: date, end: date) -> RateTerms:
    if start < _SME_FROM:
        raise InputError("interest.before_sme", day=start, first=_SME_FROM)
    law = "sme_17" if start >= _SME_REVISED else "sme_2020_15"
    warnings = [step("interest.warning.sme_scope", "sme_3"), step("interest.warning.sme_reply")]
    agreed = agreed_rate(claim, question.daily, question.annual)
    if agreed is None:
        line = RateLine(start, SME_DAILY, "day")
        return RateTerms(
            (line,),
            (step("interest.step.sme_default", law, annual=percent(line.annual)),),
            tuple(warnings),
        )
    if question.contract_date is None:
        raise InputError("interest.no_contract_date")
    signed = calendar_day(question.contract_date, "contract_date")
    if signed > start:
        raise InputError("interest.contract_after", signed=signed, day=start)
    floor = in_force(signed, question.rates)
    lowest = floor.one_year / 100
    values = {
        "agreed": percent(agreed.annual),
        "floor": percent(lowest),
        "day": signed,
        "published": floor.published,
    }
    if agreed.annual < lowest:
        line = RateLine(start, lowest, "year", floor.one_year)
        steps = (step("interest.step.sme_floor", law, **values),)
    else:
        line = RateLine(start, agreed.rate, agreed.per)
        steps = (step("interest.step.sme_agreed", law, **values),)
    return RateTerms((line,), steps, (*warnings, *lpr_warnings([signed], question.rates)))


def _agreed(claim: Claim, question: Question, start: date, end: date) -> RateTerms:
    agreed = agreed_rate(claim, question.daily, question.annual)
    if agreed is None:
        raise InputError("interest.nothing_agreed")
    line = RateLine(start, agreed.rate, agreed.per)
    said = step(
        f"interest.step.agreed_{agreed.per}",
        "civil_585",
        rate=percent(agreed.rate),
        annual=percent(line.annual),
    )
    return RateTerms((line,), (said,))


def _enforcement(claim: Claim, question: Question, start: date, end: date) -> RateTerms:
    if start < _DOUBLE_FROM:
        raise InputError("interest.before_double", day=start, first=_DOUBLE_FROM)
    line = RateLine(start, ENFORCEMENT_DAILY, "day")
    said = step("interest.step.enforcement", "enforcement_interest")
    return RateTerms((line,), (said,), (step("interest.warning.general_part"),))


def _statutory(claim: Claim, question: Question, start: date, end: date) -> RateTerms:
    regime = question.regime
    law = "eu_2011_7" if regime == "eu" else "uk_1998"
    reference = question.reference
    if reference is None or reference == {}:
        raise InputError(f"interest.no_reference_{regime}")
    by_day = dict(reference) if isinstance(reference, Mapping) else {date.min: reference}
    by_day = {calendar_day(day, "reference"): value for day, value in by_day.items()}
    rates = {day: money(value, "reference") for day, value in sorted(by_day.items())}
    for value in rates.values():
        if not -STATUTORY_MARGIN < value < 1:
            raise InputError("interest.not_a_reference", value=value)
    before = [day for day in rates if day <= start]
    if not before:
        raise InputError("interest.reference_too_late", day=start, first=min(rates))
    days = [before[-1]] if regime == "uk" else [day for day in rates if before[-1] <= day <= end]
    lines = tuple(RateLine(max(day, start), rates[day] + STATUTORY_MARGIN) for day in days)
    steps = tuple(
        step(
            f"interest.step.{regime}",
            law,
            reference=percent(line.rate - STATUTORY_MARGIN),
            rate=percent(line.rate),
            day=line.start,
        )
        for line in lines
    )
    half_year = date(start.year, 7, 1) if start.month < 7 else date(start.year + 1, 1, 1)
    next_half = regime == "eu" and len(rates) == 1 and end >= half_year
    warnings = (step("interest.warning.half_year", day=half_year),) if next_half else ()
    return RateTerms(lines, steps, warnings)


_TERMS = {
    "sale_contract": _sale_contract,
    "sme_regulation": _sme_regulation,
    "agreed": _agreed,
    "enforcement": _enforcement,
    "eu": _statutory,
    "uk": _statutory,
}


def day_after(day: date) -> date:
    """Return the next day.

    >>> day_after(date(2024, 2, 29))
    datetime.date(2024, 3, 1)
    """
    return day + timedelta(days=1)
