"""The part of an instructor's report on answers that are alike: whom to talk to, no verdict."""

from collections.abc import Sequence
from functools import partial

from creditlib.classroom import report_alike as rule
from creditlib.classroom import report_parts as parts
from creditlib.classroom.marks import Marks
from creditlib.classroom.report_alike import Alike, alike
from creditlib.classroom.report_work import Handed
from creditlib.i18n import text

SHOWN = 30  # pairs in the page; all are in the file


def pairs_of(handed: Handed) -> list[Alike]:
    """Return the pairs of trainees whose answers are alike, the most alike first."""
    return alike(
        {trainee: work.answers for trainee, work in handed.works.items()},
        handed.given,
        handed.prose,
        {trainee: work.faults for trainee, work in handed.works.items()},
    )


def pairs_section(pairs: Sequence[Alike], handed: Handed, marks: Marks, lang: str) -> str:
    """Return the pairs as a section of the report, each with its answers side by side, folded."""
    say = partial(text, lang=lang)
    title = say("report.alike.title")
    if len(handed.works) < rule.FEWEST:
        few = say("report.alike.few", fewest=rule.FEWEST)
        return parts.section(title, parts.paragraph(few), name="alike")
    named = rule.NAMED if len(handed.works) < rule.MANY else rule.NAMED_OF_MANY
    how = parts.details(
        say("report.alike.rule_head"),
        parts.paragraph(
            say(
                "report.alike.rule",
                common=f"{rule.COMMON:.0%}",
                named=f"{named:.0%}",
                same=f"{rule.NEARLY_SAME:.0%}",
                answers=rule.ANSWERS,
            )
        ),
    )
    about = parts.paragraph(say("report.alike.about" if pairs else "report.alike.none"))
    found = [_pair(one, handed, marks, lang) for one in pairs[:SHOWN]]
    more = len(pairs) - SHOWN
    rest = parts.paragraph(say("report.alike.more", count=more)) if more > 0 else ""
    return parts.section(title, about, how, *found, rest, name="alike")


def _pair(one: Alike, handed: Handed, marks: Marks, lang: str) -> str:
    say = partial(text, lang=lang)
    first, second = one.pair
    summary = say(
        "report.alike.pair",
        first=first,
        second=second,
        same=len(one.nearly_same),
        answers=len(one.likeness),
        mean=f"{one.mean:.0%}",
    )
    shown = []
    for question in one.nearly_same:
        head = say(
            "report.alike.answer",
            question=marks.named(question),
            likeness=f"{one.likeness[question]:.0%}",
        )
        rare = say("report.alike.same_mistake") if question in one.mistakes else ""
        columns = [(name, handed.works[name].answers[question]) for name in one.pair]
        shown += [parts.paragraph(parts.with_code(head + rare)), parts.beside(columns)]
    return parts.details(summary, *shown)
