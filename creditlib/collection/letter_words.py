"""Wordings with a claim's facts in them: sums, days and the sentences built of them."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from creditlib.collection.calendar import next_working_day
from creditlib.collection.claim import Claim
from creditlib.collection.letter_elements import FRIENDLY
from creditlib.collection.letter_matter import Matter
from creditlib.i18n import text

NOTICE_DAYS = {  # given to pay from the day of the letter
    "reminder": 7,
    "second_reminder": 7,
    "formal_demand": 10,
    "final_notice": 7,
    "lawyer_letter": 10,
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def told_day(day: date, lang: str) -> str:
    """A day as a letter writes it.

    >>> told_day(date(2025, 12, 31), "en")
    '31 December 2025'
    """
    month = _MONTHS[day.month - 1] if lang == "en" else str(day.month)
    return text("letters.day", lang, year=day.year, month=month, day=day.day)


def told_sum(value: Decimal, claim: Claim, lang: str) -> str:
    """A sum in the claim's currency, with two decimals and thousands marked.

    >>> from datetime import date
    >>> told_sum(Decimal(126800), Claim.of(1, date(2025, 1, 1), date(2025, 1, 2)), "en")
    'RMB 126,800.00'
    """
    amount = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,.2f}"
    key = "letters.sum_yuan" if claim.currency == "CNY" else "letters.sum_other"
    named = {} if claim.currency == "CNY" else {"currency": claim.currency}
    return text(key, lang, amount=amount, **named)


def told_share(share: Decimal) -> str:
    """A share in percent, no digit more than it needs.

    >>> told_share(Decimal("0.0003"))
    '0.03%'
    """
    return f"{(share * 100).normalize():f}%"


def pay_by(claim: Claim, stage: str) -> date:
    """The day by which a notice of a stage asks for payment, a working day."""
    return next_working_day(claim.as_of + timedelta(days=NOTICE_DAYS[stage]))


def wording(matter: Matter, kind: str) -> str:
    """What to write instead of a finding of a kind, with the claim's facts."""
    claim, lang = matter.claim, matter.reading.lang
    from creditlib.collection.letter_facts import interests

    due = interests(matter)
    agreed = claim.daily_penalty is not None
    blank = text("letters.blank", lang)
    values = {
        "debtor": claim.debtor.name or blank,
        "debtor_code": claim.debtor.code or blank,
        "creditor": claim.creditor.name or blank,
        "creditor_code": claim.creditor.code or blank,
        "contract": claim.contract or blank,
        "account": claim.account or blank,
        "contact": claim.creditor.contact or blank,
        "address": claim.debtor.address or blank,
        "reference": blank,
        "dated": told_day(claim.as_of, lang),
        "by": told_day(pay_by(claim, matter.stage), lang),
        "total": told_sum(matter.demanded, claim, lang),
        "days": claim.days_overdue,
    }
    values["invoices"] = "\n".join(
        invoice_line(matter, place) for place in range(len(claim.invoices))
    )
    if matter.stage in FRIENDLY:  # the right to interest, and no sum of it
        key = "letter_drafts." + ("interest_right" if agreed else "interest_law")
    else:
        key = "letters.interest." + ("agreed" if agreed else "statutory")
    values["interest"] = text(
        key,
        lang,
        rate=told_share(claim.daily_penalty) if agreed else "",
        interest=told_sum(due[0], claim, lang) if due else "",
        dated=values["dated"],
    )
    return text(f"letters.better.{kind}", lang, **values)


def invoice_line(matter: Matter, place: int) -> str:
    """An invoice of the claim in one line, with what is open of it."""
    invoice, lang = matter.claim.invoices[place], matter.reading.lang
    return text(
        "letters.interest.line",
        lang,
        number=invoice.number,
        issued=told_day(invoice.issued, lang),
        due=told_day(invoice.due, lang),
        amount=told_sum(matter.open_items[place], matter.claim, lang),
    )


def correction(matter: Matter, kind: str, right: str, values: dict) -> str:
    """What is right where a sum, a day or a name is wrong."""
    if not right:
        return wording(matter, kind)
    claim, lang = matter.claim, matter.reading.lang
    told = {
        name: told_day(value, lang)
        if isinstance(value, date)
        else told_sum(value, claim, lang)
        if isinstance(value, Decimal)
        else value
        for name, value in values.items()
    }
    told |= {
        "dated": told_day(claim.as_of, lang),
        "by": told_day(pay_by(claim, matter.stage), lang),
        "days": claim.days_overdue,
    }
    return text(f"letters.expected.{right}", lang, **told)
