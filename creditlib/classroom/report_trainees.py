"""The parts of an instructor's report on each trainee: marks, what waits, what went wrong."""

from collections.abc import Mapping, Sequence
from functools import partial
from statistics import mean, median

from creditlib.classroom import report_parts as parts
from creditlib.classroom.marks import Marks
from creditlib.classroom.report_drawings import histogram
from creditlib.classroom.report_work import Work
from creditlib.i18n import catalogue, text


def overview(marks: Marks, lang: str) -> str:
    """Return how many there are, the mean, the median and the distribution of the class."""
    say = partial(_say, lang)
    percents = [marks.percent(trainee) for trainee in marks.marked]
    so_far = "_so_far" if marks.waiting else ""
    found = parts.facts(
        {
            parts.number_of("count", len(percents), lang): len(percents),
            say(f"mean{so_far}"): parts.percent(mean(percents)),
            say(f"median{so_far}"): parts.percent(median(percents)),
            parts.number_of("manual", len(marks.waiting), lang): len(marks.waiting),
            parts.number_of("problems", len(marks.problems), lang): len(marks.problems),
        }
    )
    drawn = parts.section(say("distribution"), histogram(percents, say("distribution_about")))
    if not marks.waiting:
        return found + drawn
    note = say(
        "provisional",
        answers=sum(map(len, marks.waiting.values())),
        trainees=len(marks.waiting),
        maximum=f"{marks.maximum:g}",
    )
    return found + parts.paragraph(note, "note") + drawn


def standing(
    marks: Marks, lang: str, how: Sequence[str] = (), works: Mapping[str, Work] | None = None
) -> list[str]:
    """Return the sections on each trainee: the marks, what waits, what could not be graded.

    `how` says how what waits is marked by hand.
    """
    say = partial(_say, lang)
    sections = [parts.section(say("marks"), _totals(marks, works or {}, lang), name="marks")]
    if marks.waiting:
        rows = [
            (who, ", ".join(_waits(marks, who, question, say) for question in questions))
            for who, questions in marks.waiting.items()
        ]
        listed = parts.table([say("trainee"), say("waits")], rows)
        words = map(parts.paragraph, how)
        sections.append(parts.section(say("waiting"), listed, *words, name="waiting"))
    if marks.problems:
        head = [say("trainee"), say("file"), say("what")]
        listed = parts.table(head, marks.problems)
        sections.append(parts.section(say("troubles"), listed, name="troubles"))
    return sections


def _totals(marks: Marks, works: Mapping[str, Work], lang: str) -> str:
    say = partial(_say, lang)
    shown = {
        "points": True,
        "percent": True,
        "waits": bool(marks.waiting),
        "left_blank": any(work.blank for work in works.values()),
        "level": any(work.level for work in works.values()),
        "repairs": any(work.repairs for work in works.values()),
    }
    rows = []
    for who in sorted(marks.marked, key=lambda trainee: (-marks.percent(trainee), trainee)):
        work = works.get(who, Work())
        cells = {
            "points": f"{marks.total(who):g} / {marks.maximum_so_far(who):g}",
            "percent": f"{marks.percent(who):.1f}",
            "waits": ", ".join(marks.waiting.get(who, ())),
            "left_blank": str(len(work.blank) or ""),
            "level": _level(work.level, lang),
            "repairs": " ".join(work.repairs),
        }
        rows.append([who, *(cell for name, cell in cells.items() if shown[name])])
    head = ["trainee", *(name for name, there in shown.items() if there)]
    return parts.table([say(name) for name in head], rows)


def _level(level: str, lang: str) -> str:
    known = catalogue("report")["sandbox"]
    return text(f"report.sandbox.{level}", lang=lang) if level in known else level


def _waits(marks: Marks, trainee: str, question: str, say) -> str:
    changed = marks.trainees[trainee][question] is not None
    return say("look_again", question=question) if changed else question


def _say(lang: str, name: str, **values: object) -> str:
    return text(f"report.{name}", lang=lang, **values)
