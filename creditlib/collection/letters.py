"""Dunning letters: draft a notice, review any letter."""

from collections.abc import Iterable
from datetime import date

from creditlib.collection.claim import Claim, OwedInvoice, Party
from creditlib.collection.letter_draft import draft
from creditlib.collection.letter_elements import REQUIRED, STAGES
from creditlib.collection.letter_findings import Finding, score, summary
from creditlib.collection.letter_review import review
from creditlib.i18n import LANGUAGES

__all__ = ["REQUIRED", "STAGES", "Finding", "draft", "prepare", "review", "score", "summary"]


def prepare(languages: Iterable[str] = LANGUAGES) -> None:
    """Read and compile the rules of these languages now; else the first review takes the time.

    >>> prepare(["en"])
    """
    due, today = date(2025, 10, 31), date(2025, 12, 31)
    invoice = OwedInvoice("I1", due, due, "1000")
    creditor = Party("Creditor", contact="1")
    claim = Claim(Party("Debtor"), creditor, (invoice,), today, "HT1", account="1")
    for lang in languages:
        review(draft(claim, STAGES[-1], lang), claim, stage=STAGES[-1], lang=lang)
