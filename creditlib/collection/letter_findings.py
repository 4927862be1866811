"""What a review finds: kind, severity, place, why, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass

from creditlib.i18n import text

SEVERITIES = ("unlawful", "serious", "advice")
_UNLAWFUL = {"threat", "false_authority", "insult", "disclosure", "unlawful_consequence"}
_ADVICE = {
    "no_contact", "no_reservation", "no_attachments", "no_delivery", "no_next_steps", "too_soft",
    "too_hard", "vague",
}  # fmt: skip
_COST = {"unlawful": 40, "serious": 15, "advice": 8}


@dataclass(frozen=True)
class Finding:
    """One thing to change in a letter.

    `words` is the passage, "" if something is missing, and `start` and `end` its place in the
    letter; `why` gives the article or the practice, `better` a wording with the claim's facts.
    """

    kind: str
    severity: str
    words: str
    start: int
    end: int
    why: str
    better: str

    @property
    def name(self) -> str:
        """The kind in the language in use."""
        return text(f"letters.kind.{self.kind}")


def severity_of(kind: str) -> str:
    """Return how grave a kind of finding is.

    >>> severity_of("threat"), severity_of("wrong_amount"), severity_of("vague")
    ('unlawful', 'serious', 'advice')
    """
    return "unlawful" if kind in _UNLAWFUL else "advice" if kind in _ADVICE else "serious"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: the gravest first, then by place, what is missing last."""
    return sorted(
        findings, key=lambda one: (SEVERITIES.index(one.severity), not one.words, one.start)
    )


def score(findings: Iterable[Finding]) -> int:
    """Return 100 less what the findings cost, at least 0; a letter with none is worth 100.

    Each unlawful finding costs 40, each serious one 15, each advice 8: a teaching scale.

    >>> score([])
    100
    """
    return max(0, 100 - sum(_COST[one.severity] for one in findings))


def summary(findings: Iterable[Finding]) -> str:
    """Return one sentence: how many findings of each severity.

    >>> from creditlib import language, use_language
    >>> before = language(); use_language("en")
    >>> summary([])
    'Nothing found: ready for a second pair of eyes.'
    >>> use_language(before)
    """
    findings = list(findings)
    if not findings:
        return text("letters.verdict_ready")
    counts = {name: sum(one.severity == name for one in findings) for name in SEVERITIES}
    return text("letters.verdict", **counts)
