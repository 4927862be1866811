"""A letter beside its claim: which numbers, sums, days and names stand where."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import combinations

from creditlib.collection.claim import Claim, OwedInvoice
from creditlib.collection.letter_amounts import Amount, amounts
from creditlib.collection.letter_dates import Day, days
from creditlib.collection.letter_likeness import likeness
from creditlib.collection.letter_rules import Rules, rules
from creditlib.collection.letter_text import Reading, Span, read

CENT = Decimal("0.01")
_SET_ASIDE = frozenset(".,()-_/'\"")


@lru_cache(maxsize=1024)
def plain_case(name: str) -> str:
    """A name as a reading has it."""
    return read(name, "zh").flat


@lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """A name or number as it is compared: width, case, spaces and stops set aside.

    >>> plain("Yunling Yunxiu Co., Ltd.") == plain("YUNLING YUNXIU CO.,LTD")
    True
    """
    return re.sub(r"[\s.,()\-_/'\"]+", "", read(name, "zh").flat)


@dataclass(frozen=True)
class Matter:
    """What a review works on: the reading, the claim, and what of it was found."""

    reading: Reading
    claim: Claim
    stage: str

    @property
    def flat(self) -> str:
        """The letter as it is read."""
        return self.reading.flat

    @cached_property
    def rules(self) -> Rules:
        """The rules of the letter's language."""
        return rules(self.reading.lang)

    @cached_property
    def likenesses(self) -> list[tuple[Span, dict[str, float]]]:
        """Each sentence, and how like it is to each kind of sentence."""
        lang = self.reading.lang
        return [(span, likeness(self.impersonal(span), lang)) for span in self.reading.sentences]

    def impersonal(self, span: Span) -> str:
        """The words of a span without the names of the two parties."""
        words = self.reading.told(span)
        for party in (self.claim.debtor, self.claim.creditor):
            if party.name:
                words = words.replace(plain_case(party.name), "_")
        return words.strip()

    @cached_property
    def squeezed(self) -> tuple[str, tuple[int, ...]]:
        """The reading without spaces and stops, and where each sign stood."""
        kept = [
            (sign, place)
            for place, sign in enumerate(self.flat)
            if not (sign in _SET_ASIDE or sign.isspace())
        ]
        return "".join(sign for sign, _ in kept), tuple(place for _, place in kept)

    def places(self, written: str) -> list[Span]:
        """Every place where a name or number stands, however it is spaced and punctuated."""
        wanted = plain(written)
        if not wanted:
            return []
        text, origin = self.squeezed
        return [
            Span(origin[match.start()], origin[match.end() - 1] + 1)
            for match in re.finditer(re.escape(wanted), text)
            if not self._runs_on(origin[match.start()], -1)
            and not self._runs_on(origin[match.end() - 1], 1)
        ]

    def _runs_on(self, place: int, step: int) -> bool:
        """Whether a digit stands beside a digit, or a letter beside a letter."""
        pair = self.flat[place : place + 1], self.flat[max(0, place + step) : place + step + 1]
        return any(all(sign and one.match(sign) for sign in pair) for one in _KINDS)

    @cached_property
    def invoice_places(self) -> list[tuple[Span, OwedInvoice]]:
        """Where each invoice is named, in order of the letter."""
        found = [
            (place, invoice)
            for invoice in self.claim.invoices
            for place in self.places(invoice.number)
        ]
        return sorted(found, key=lambda pair: pair[0])

    @cached_property
    def masked(self) -> str:
        """The reading with names and numbers of things blanked: what is left are sums and days."""
        return blanked(
            self.unnumbered, (match.span() for match in _IDENTIFIERS.finditer(self.flat))
        )

    @cached_property
    def unnumbered(self) -> str:
        """The reading with the numbers that the claim knows blanked."""
        claim = self.claim
        hidden = [place for place, _ in self.invoice_places]
        for written in (
            claim.contract, claim.account, claim.debtor.code, claim.creditor.code,
            claim.debtor.address, claim.creditor.address,
        ):  # fmt: skip
            hidden += self.places(written)
        hidden += [Span(*match.span()) for match in _CARD.finditer(self.flat)]
        return blanked(self.flat, hidden)

    @cached_property
    def days(self) -> list[Day]:
        """The days in the letter."""
        return days(self.masked, self.claim.as_of)

    @cached_property
    def amounts(self) -> list[Amount]:
        """The sums in the letter."""
        return amounts(blanked(self.masked, ((day.start, day.end) for day in self.days)))

    @cached_property
    def paid(self) -> Decimal:
        """What has been paid on the claim."""
        return sum((payment.amount for payment in self.claim.payments), Decimal(0))

    @cached_property
    def balance(self) -> Decimal:
        """What is open: the invoices less the payments."""
        return self.claim.principal - self.paid

    @cached_property
    def demanded(self) -> Decimal:
        """What can be demanded now: the balance less the contested part."""
        return self.balance - self.claim.disputed

    @cached_property
    def open_items(self) -> tuple[Decimal, ...]:
        """What is open of each invoice when payments go to the oldest first."""
        left, rest = self.paid, {}
        for place, invoice in sorted(
            enumerate(self.claim.invoices), key=lambda pair: (pair[1].due, pair[0])
        ):
            settled = min(left, invoice.amount)
            rest[place], left = invoice.amount - settled, left - settled
        return tuple(rest[place] for place in range(len(self.claim.invoices)))

    @cached_property
    def known_sums(self) -> frozenset[Decimal]:
        """The invoices, what is open of them, payments, dispute, and sums of any of the items."""
        claim = self.claim
        undisputed = [one.amount - one.disputed for one in claim.invoices]
        right = {payment.amount for payment in claim.payments} | {self.paid, claim.disputed}
        right |= {one.disputed for one in claim.invoices} | {self.balance, self.demanded}
        for items in ([one.amount for one in claim.invoices], self.open_items, undisputed):
            few = items if len(items) <= 8 else ()
            right |= {
                sum(some, Decimal(0))
                for n in range(1, len(few) + 1)
                for some in combinations(few, n)
            }
            right |= {*items, sum(items, Decimal(0))}
        for payment in claim.payments:  # set against another invoice than the oldest
            right |= {one.amount - payment.amount for one in claim.invoices}
        return frozenset(right)

    @cached_property
    def deadlines(self) -> list[Span]:
        """The days after the letter's own, and times like “within seven days”."""
        horizon = self.claim.as_of + timedelta(days=200)
        found = [
            Span(day.start, day.end)
            for day in self.days
            if any(self.claim.as_of < one <= horizon for one in day.means)
        ]
        return sorted([*found, *self.rules.all_found(self.flat, "facts", "deadline")])


_KINDS = (re.compile(r"[0-9]"), re.compile(r"[a-z]"))
_CARD = re.compile(r"(?<![\d,.])(?:\d{4}(?: \d{4}){2,}(?: \d{1,4})?|\d{16,19})(?![\d,])")


def other_accounts(matter: "Matter") -> list[Span]:
    """Numbers of accounts or cards that are not the claim's account."""
    own = plain(matter.claim.account)
    return [
        Span(*match.span())
        for match in _CARD.finditer(matter.flat)
        if own and plain(match.group()) not in own
    ]


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with underscores in place of some stretches."""
    for start, end in spans:
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


_IDENTIFIERS = re.compile(
    r"[\w.+-]{1,64}@[\w.-]+\w"  # mail
    r"|(?<![\w,.-])\d{3,4}[- ]\d{4}[ -]?\d{4}(?![\d\u5e74-])"  # telephone
    r"|(?<!\d)1\d{2}[- ]?\d{4}[- ]?\d{4}(?!\d)"
    r"|\b[a-z0-9]{18}\b"  # credit code
    r"|\[\d{4}\]"  # the year of a reference
    # a number such as YX-17
    r"|(?<![\w/-])(?!rmb|cny|usd|eur)[a-z]{1,8}(?:[-/][a-z0-9]{1,10})*[-/][a-z0-9]*\d[a-z0-9]*",
    re.ASCII,
)
