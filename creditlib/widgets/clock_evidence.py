"""What the limitation clock shows: a time line, every step with its article, the days left."""

from collections.abc import Iterable
from datetime import date

from creditlib.collection.claim import Claim
from creditlib.collection.guarantee import GuaranteePeriod, guarantee_period
from creditlib.collection.limitation import Event, Limitation, limitation
from creditlib.i18n import text
from creditlib.plots import COLOURS
from creditlib.widgets.days import reckonable
from creditlib.widgets.look import legend, notice, table, words
from creditlib.widgets.time_line import Bar, Mark, time_line

KEY = "widgets.limitation_clock."
# No guarantee; one whose contract names no kind; and the two kinds.
GUARANTEES = ("none", "silent", "general", "joint")
HURRY = 90  # days, as `Limitation.next_act` has it
IGNORED = "#5b6772"  # of an event that changes nothing; white numbers can be read on it


def clock_evidence(
    due: date | None,
    today: date | None,
    demand: date | None,
    proof: bool,
    payment: date | None,
    promise: date | None,
    guarantee: str,
    months: float,
) -> str:
    """Return the last safe day and how it came about, as HTML.

    `demand` a letter that arrived that day, with `proof` of it or without; `payment` a part payment
    and `promise` an acknowledgment by the debtor; None if it did not happen.
    """
    days = {"due": due, "today": today, "demand": demand, "payment": payment, "promise": promise}
    reckonable(KEY, ("due", "today"), **days)
    claim = Claim.of(1, due=due, as_of=today)
    named = [("demand" if proof else "letter", demand), ("part_payment", payment)]
    named.append(("acknowledgment", promise))
    events = sorted(
        (Event(day, kind) for kind, day in named if day), key=lambda event: (event.day, event.kind)
    )
    clock = limitation(claim, [event for event in events if event.day <= today])
    period = _period(due, guarantee, months, events)
    return (
        _verdict(clock, today)
        + _line(clock, due, today, events, period)
        + _reckoned("steps", clock.steps)
        + _reckoned("ignored", (each.reason for each in clock.ignored))
        + _future(events, today)
        + _what_if(claim, events, demand, today)
        + "".join(notice(str(each), "quiet") for each in clock.warnings)
        + _guaranteed(period, today)
        + notice(clock.notice, "quiet")
    )


def _period(
    due: date, guarantee: str, months: float, events: Iterable[Event]
) -> GuaranteePeriod | None:
    if guarantee == "none":
        return None
    kind = None if guarantee == "silent" else guarantee
    return guarantee_period(due, kind, agreed=round(months) or None, events=events)


def _verdict(clock: Limitation, today: date) -> str:
    left = (clock.last_day - today).days
    sentence = text(f"{KEY}{'left' if left >= 0 else 'over'}", day=clock.last_day, days=abs(left))
    tone = "good" if left > HURRY else "bad"
    act = notice(str(clock.next_act(today)), tone)
    rolled = ""
    if clock.rolled != clock.last_day:
        values = {"day": clock.last_day, "rolled": clock.rolled}
        rolled = notice(text(f"{KEY}rolled", **values), "quiet")
    return notice(sentence, tone) + act + rolled


def _line(clock, due, today, events, period) -> str:
    ignored = {each.event for each in clock.ignored}
    first = clock.start if clock.start < due else due
    bars = [Bar(text(f"{KEY}limitation"), first, clock.start, clock.last_day, COLOURS["good"])]
    if period:
        colour = COLOURS["fifth"]
        bars.append(Bar(text(f"{KEY}guarantee_bar"), due, due, period.last_day, colour))
    counted = [event for event in events if event.day <= today]
    marks = [
        Mark(str(number), event.day, IGNORED if event in ignored else COLOURS["good"])
        for number, event in enumerate(counted, start=1)
    ]
    drawing = time_line(
        text(f"{KEY}line"), bars, marks, (text(f"{KEY}today_mark"), today, COLOURS["bad"])
    )
    names = [
        (f"{number} {text(KEY + 'event.' + event.kind)} {event.day}", mark.colour)
        for number, (event, mark) in enumerate(zip(counted, marks, strict=True), start=1)
    ]
    return f"<h5>{words(text(KEY + 'line'))}</h5>{drawing}" + (legend(names) if names else "")


def _reckoned(name: str, steps: Iterable[object]) -> str:
    entries = "".join(f"<li>{words(each)}</li>" for each in steps)
    if not entries:
        return ""
    return f'<h5>{words(text(KEY + name))}</h5><ol class="reckoning">{entries}</ol>'


def _future(events: Iterable[Event], today: date) -> str:
    """Return a word on what is dated after today: the clock does not count it."""
    days = [event.day.isoformat() for event in events if event.day > today]
    return notice(text(f"{KEY}future", days=text(f"{KEY}joint").join(days)), "bad") if days else ""


def _what_if(claim: Claim, events: list[Event], demand: date | None, today: date) -> str:
    """Return what the proof of the demand's arrival is worth, in days."""
    if not demand or demand > today:
        return ""
    others = [
        each for each in events if each.kind not in ("demand", "letter") and each.day <= today
    ]
    ends = [
        limitation(claim, [*others, Event(demand, kind)]).last_day for kind in ("demand", "letter")
    ]
    rows = [
        (text(f"{KEY}{name}"), str(day), f"{(day - today).days:,}".replace("-", "−"))
        for name, day in zip(("with_proof", "without_proof"), ends, strict=True)
    ]
    columns = [text(f"{KEY}{name}") for name in ("demand_of", "last_day", "days_left")]
    return f"<h5>{words(text(KEY + 'what_if'))}</h5>{table(columns, rows)}"


def _guaranteed(period: GuaranteePeriod | None, today: date) -> str:
    if period is None:
        return ""
    name = "released" if period.released(today) else "bound"
    days = abs((period.last_day - today).days)
    verdict = notice(
        text(f"{KEY}{name}", day=period.last_day, days=days),
        "bad" if name == "released" else "good",
    )
    act = "" if period.released(today) else notice(str(period.act), "quiet")
    return (
        f"<h5>{words(text(KEY + 'guaranteed'))}</h5>"
        + verdict
        + act
        + _reckoned("steps", period.steps)
        + _reckoned("ignored", (each.reason for each in period.ignored))
    )
