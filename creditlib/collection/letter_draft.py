"""A correct notice for each stage, written from the facts of a claim."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from creditlib.collection.claim import Claim, money
from creditlib.collection.interest import late_interest
from creditlib.collection.letter_elements import FRIENDLY
from creditlib.collection.letter_review import checked_stage
from creditlib.collection.letter_words import pay_by, told_day, told_share, told_sum
from creditlib.errors import InputError
from creditlib.i18n import checked_language, text

_ORDER = {  # the paragraphs; those of a line run on
    "friendly": (
        "title | reference | parties | opening | invoices | balance | demand | account | interest"
        " | contact | attachments | signature"
    ),
    "formal": (
        "title | reference | parties | opening | invoices | balance | contract performance"
        " | interest | demand | account | next | contact | reservation | attachments | delivery"
        " | signature"
    ),
}

_FOLLOWS_UPON = {  # the earlier notices that the opening of a stage speaks of
    "second_reminder": FRIENDLY,
    "formal_demand": FRIENDLY,
    "final_notice": ("formal_demand",),
}


def draft(
    claim: Claim,
    stage: str,
    lang: str,
    *,
    interest: object = None,
    earlier: Mapping[str, date] | None = None,
    reference: str = "",
    firm: str = "",
    lawyer: str = "",
) -> str:
    """Return a notice of a stage in zh or en that `review` has nothing to say against.

    It holds every element that the stage needs, and only steps that a creditor can take and should
    have decided on: suspending deliveries, the legal department, an action. `interest` is the
    amount to claim as of `claim.as_of`; if None it is that of `late_interest`, the agreed penalty
    or else the sale contract rule at 1.3 times the LPR, the day of the letter counted. It is not in
    the sum demanded. What is contested is named and not demanded. `earlier` gives the stages that
    went out before with the day of each, `{"reminder": date(2025, 12, 5)}`: the notice refers to
    them, and to no others. `reference` is the letter's number (from the day and the first invoice
    if not given). A lawyer's letter leaves blanks for `firm` and `lawyer`: it is theirs to check,
    sign and seal, and goes out in no other way.

    Raises `InputError` if the claim lacks a name, an invoice number, the account or the creditor's
    contact, if nothing is overdue, if nothing is left to demand, or if an earlier notice is later
    than this one.

    >>> from datetime import date
    >>> from creditlib.collection.claim import OwedInvoice, Party
    >>> claim = Claim(
    ...     Party("Linxi Weiyuan Conveyors Co., Ltd."),
    ...     Party("Yunling Yunxiu Electromechanical Co., Ltd.", contact="000-8800 0168"),
    ...     [OwedInvoice("YX-25-4188", date(2025, 10, 4), date(2025, 12, 3), "126800")],
    ...     date(2025, 12, 8),
    ...     account="0000 1688 2016 0001",
    ... )
    >>> "by 15 December 2025" in draft(claim, "reminder", "en")
    True
    """
    checked_stage(stage)
    checked_language(lang)
    _check(claim)
    friendly = stage in FRIENDLY
    writer = _Writer(claim, stage, lang, reference, firm, lawyer)
    writer.refer_to(earlier or {})
    paragraphs = []
    for names in _ORDER["friendly" if friendly else "formal"].split(" | "):
        gap = "" if lang == "zh" else " "
        texts = [writer.paragraph(name, interest) for name in names.split()]
        paragraphs.append(gap.join(filter(None, texts)))
    return ("\n" if lang == "zh" else "\n\n").join(filter(None, paragraphs)) + "\n"


def _check(claim: Claim) -> None:
    facts = {
        "debtor": claim.debtor.name,
        "creditor": claim.creditor.name,
        "number": all(invoice.number for invoice in claim.invoices),
        "account": claim.account,
        "contact": claim.creditor.contact,
    }
    for name, fact in facts.items():
        if not fact:
            raise InputError("letters.missing_fact", fact=text(f"letters.fact.{name}"))
    if claim.days_overdue <= 0:
        raise InputError("letters.nothing_due", day=claim.as_of)
    left = demanded(claim)
    if left <= 0:
        raise InputError("letters.nothing_open", value=f"{left:,.2f}")


def demanded(claim: Claim) -> Decimal:
    """What a notice asks for: the invoices less payments and what is contested."""
    paid = sum((payment.amount for payment in claim.payments), Decimal(0))
    return claim.principal - paid - claim.disputed


class _Writer:
    """Writes the paragraphs of one notice."""

    def __init__(self, claim: Claim, stage: str, lang: str, reference: str, firm: str, lawyer: str):
        self.claim, self.stage, self.lang = claim, stage, lang
        paid = sum((payment.amount for payment in claim.payments), Decimal(0))
        own = reference or f"CK-{claim.as_of:%Y%m%d}-{claim.invoices[0].number[-4:]}"
        self.values = {
            "reference": own,
            "dated": told_day(claim.as_of, lang),
            "debtor": claim.debtor.name,
            "debtor_code": self._code(claim.debtor.code),
            "creditor": claim.creditor.name,
            "creditor_code": self._code(claim.creditor.code),
            "contract": claim.contract,
            "account": claim.account,
            "contact": claim.creditor.contact,
            "address": claim.debtor.address or self.say("registered_address"),
            "by": told_day(pay_by(claim, stage), lang),
            "total": told_sum(demanded(claim), claim, lang),
            "paid": told_sum(paid, claim, lang),
            "disputed": told_sum(claim.disputed, claim, lang),
            "title": self.say(f"title.{stage}"),
            "firm": firm or self.say("firm"),
            "lawyer": lawyer or self.say("blank"),
        }
        self.paid = paid
        self.after = ""  # how keys end that speak of an earlier notice

    def refer_to(self, earlier: Mapping[str, date]) -> None:
        """Take note of the last of the notices that this stage follows upon."""
        for stage, day in earlier.items():
            if checked_stage(stage) and day > self.claim.as_of:
                raise InputError("letters.earlier_is_later", day=day, dated=self.claim.as_of)
        wanted = _FOLLOWS_UPON.get(self.stage, ())
        days = [day for stage, day in earlier.items() if stage in wanted]
        if days:
            self.values["since"], self.after = told_day(max(days), self.lang), "_after"

    def say(self, key: str, **values: object) -> str:
        """A sentence of the catalogue with the claim's facts."""
        return text(f"letter_drafts.{key}", self.lang, **(getattr(self, "values", {}) | values))

    def _code(self, code: str) -> str:
        return text("letter_drafts.code", self.lang, code=code) if code else ""

    def paragraph(self, name: str, interest: object) -> str:
        """One element of the notice."""
        if name == "interest":
            return self._interest(interest)
        written = getattr(self, f"_{name}", None)
        return written() if written else self.say(name)

    def _title(self) -> str:
        return self.values["title"]

    def _parties(self) -> str:
        side = "client" if self.stage == "lawyer_letter" else "sender"
        return self.say("to") + "\n" + self.say(side)

    def _opening(self) -> str:
        return self.say(f"opening{self.after}.{self.stage}")

    def _invoices(self) -> str:
        lines = [
            self.say(
                "line",
                n=place,
                number=one.number,
                issued=told_day(one.issued, self.lang),
                due=told_day(one.due, self.lang),
                amount=told_sum(one.amount, self.claim, self.lang),
            )
            for place, one in enumerate(self.claim.invoices, start=1)
        ]
        return self.say("invoices", lines="\n".join(lines))

    def _balance(self) -> str:
        said = [self.say("paid")] if self.paid else []
        said += [self.say("disputed")] if self.claim.disputed else []
        return ("" if self.lang == "zh" else " ").join([*said, self.say("total")])

    def _contract(self) -> str:
        return self.say("contract" if self.claim.contract else "orders")

    def _interest(self, given: object) -> str:
        claim = self.claim
        agreed = claim.daily_penalty
        rate = told_share(agreed) if agreed else ""
        if self.stage in FRIENDLY:
            if self.stage == "reminder":
                return ""
            return self.say("interest_right" if agreed else "interest_law", rate=rate)
        if given is not None:
            amount, key = money(given, "interest"), "interest_given"
            if amount < 0:
                raise InputError("letters.negative_interest", value=amount)
        else:
            regime = "agreed" if agreed else "sale_contract"
            more = {} if agreed else {"multiple": Decimal("1.3")}
            amount = late_interest(claim, regime, head_tail="both", **more).amount
            key = "interest_agreed" if agreed else "interest_sale"
        return self.say(key, rate=rate, interest=told_sum(amount, claim, self.lang))

    def _demand(self) -> str:
        return self.say(f"demand.{self.stage}")

    def _next(self) -> str:
        stopped = self.after if self.stage == "final_notice" else ""  # deliveries, by the demand
        return self.say(f"next{stopped}.{self.stage}")

    def _attachments(self) -> str:
        if self.stage == "reminder":
            return ""
        return self.say("attachments_short" if self.stage in FRIENDLY else "attachments")

    def _signature(self) -> str:
        if self.stage == "lawyer_letter":
            return self.say("signature_firm")
        return self.say("signature" if self.stage in FRIENDLY else "signature_sealed")
