"""What the letter editor shows: the letter with its faults marked, each with better words."""

from collections.abc import Sequence
from itertools import pairwise

from creditlib.collection.cadence import rung
from creditlib.collection.claim import Claim
from creditlib.collection.letters import Finding, draft, review, score, summary
from creditlib.errors import CreditError
from creditlib.i18n import language, text
from creditlib.widgets.look import money, notice, words

KEY = "widgets.letter_editor."
ORDER = ("unlawful", "serious", "advice")


def usual_stage(claim: Claim) -> str:
    """Return the stage that a claim's days overdue call for.

    >>> from creditlib.widgets.example_claims import example_claim
    >>> usual_stage(example_claim())
    'formal_demand'
    """
    return rung(max(1, claim.days_overdue)).notice


def letter_evidence(claim: Claim, stage: str, letter: str) -> str:
    """Return the review of a letter beside a correct one for the same claim, as HTML."""
    findings = review(letter, claim, stage=stage)
    said = text(f"{KEY}score", score=score(findings), summary=summary(findings))
    tone = "good" if not findings else "bad"
    yours = f"<section><h5>{words(text(KEY + 'yours'))}</h5>{marked(letter, findings)}</section>"
    return (
        _about(claim)
        + notice(said, tone)
        + f'<div class="charts">{yours}{_drafted(claim, stage)}</div>'
        + _listed(findings)
        + notice(text("law.notice"), "quiet")
    )


def marked(letter: str, findings: Sequence[Finding]) -> str:
    """Return the letter as it is written, what was found in it marked and numbered.

    Where passages overlap the graver mark is seen; every number stands where its passage ends.

    >>> found = Finding("threat", "unlawful", "<b>", 3, 6, "", "")
    >>> 'class="unlawful">&lt;b&gt;</mark><sup>1</sup>' in marked("or <b>", [found])
    True
    """
    placed = list(enumerate((each for each in findings if each.words), start=1))
    ends = {0, len(letter), *(place for _, each in placed for place in (each.start, each.end))}
    parts = []
    for start, end in pairwise(sorted(ends)):
        over = [each for _, each in placed if each.start <= start and end <= each.end]
        told = words(letter[start:end])
        if over:
            gravest = min((each.severity for each in over), key=ORDER.index)
            told = f'<mark class="{gravest}">{told}</mark>'
        numbers = [str(number) for number, each in placed if each.end == end]
        parts.append(told + "".join(f"<sup>{number}</sup>" for number in numbers))
    return f'<div class="letter">{"".join(parts)}</div>'


def _about(claim: Claim) -> str:
    sentence = text(
        f"{KEY}about",
        debtor=claim.debtor.name,
        amount=money(float(claim.principal)),
        count=len(claim.invoices),
        days=claim.days_overdue,
        day=claim.as_of,
    )
    return notice(sentence, "quiet")


def _drafted(claim: Claim, stage: str) -> str:
    title = f"<h5>{words(text(KEY + 'draft'))}</h5>"
    try:
        written = f'<div class="letter">{words(draft(claim, stage, language()))}</div>'
    except CreditError as reason:  # a fact is missing; the trainee's own letter is reviewed anyway
        written = notice(str(reason), "bad")
    return f"<section>{title}{written}</section>"


def _listed(findings: Sequence[Finding]) -> str:
    """Return what is wrong in the letter by severity, then what it lacks."""
    # What can be seen in the letter is numbered, in the same order as there.
    numbered = list(enumerate(sorted(findings, key=lambda each: not each.words), start=1))
    groups = [
        (severity, text(f"{KEY}{severity}"), [
            pair for pair in numbered if pair[1].severity == severity and pair[1].words
        ])
        for severity in ORDER
    ]  # fmt: skip
    lacking = [pair for pair in numbered if not pair[1].words]
    groups.append(("lacking", text(f"{KEY}lacking"), lacking))
    return "".join(
        f'<h5>{words(title)}</h5><ul class="findings {name}">{"".join(map(_finding, found))}</ul>'
        for name, title, found in groups
        if found
    )


def _finding(pair: tuple[int, Finding]) -> str:
    number, each = pair
    place = f"<sup>{number}</sup> " if each.words else ""
    better = text(f"{KEY}better", better=each.better) if each.better else ""
    return (
        f"<li><b>{place}{words(each.name)}</b> {words(each.why)}"
        f'<span class="better">{words(better)}</span></li>'
    )
