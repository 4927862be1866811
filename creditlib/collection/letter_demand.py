"""Whether a letter asks for payment, and by when."""

from creditlib.collection.letter_matter import Matter
from creditlib.collection.letter_text import Span


def dated_demand(matter: Matter) -> Span | None:
    """Where payment is asked for by a day."""
    patterns = matter.rules.patterns["facts"]
    for start, end in matter.deadlines:
        sentence = matter.reading.sentence(start)
        before = matter.flat[max(sentence.start, start - 160) : start]
        after = matter.flat[end : min(max(sentence.end, end), end + 120)]
        if any(one.search(before[-24:] + "\n" + after[:6]) for one in patterns["term"]):
            return Span(start, end)
        pays = _nearest(patterns["pay"], before, after)
        writes = _nearest(patterns["not_payment"], before[-80:], after[:50])
        steps = _nearest(patterns["own_step"], before[-50:], after[:50])
        if steps is not None and (writes is None or steps < writes):
            writes = steps  # “the claim is filed on …” is no day to pay by
        if pays is not None and (writes is None or pays <= writes + 4):
            return Span(start, end)
        clause = before.rpartition(",")[2] + "\n" + after.partition(",")[0]
        own_step = any(one.search(before + after) for one in patterns["own_step"])
        if not own_step and any(one.search(clause) for one in patterns["pay"]):
            return Span(start, end)
        if writes is None and not own_step and _paid_nearby(matter, sentence):
            return Span(start, end)  # “Mission: pay both. Time: 26 December.”
        if any(one.search(before + matter.flat[start:end] + after) for one in patterns["or_else"]):
            return Span(start, end)
    return None


def _paid_nearby(matter: Matter, sentence: Span) -> bool:
    """Whether payment is spoken of in a sentence or beside it."""
    words = matter.flat[max(0, sentence.start - 60) : sentence.end + 40]
    account = matter.places(matter.claim.account)
    if any(sentence.start <= place.start < sentence.end + 30 for place in account):
        return True  # a day, and where to pay
    return any(one.search(words) for one in matter.rules.patterns["facts"]["pay"])


def _nearest(patterns, before: str, after: str) -> int | None:
    """How far the nearest match stands from the place between two texts."""
    behind = [len(before) - match.end() for one in patterns for match in one.finditer(before)]
    ahead = [match.start() for one in patterns for match in one.finditer(after)]
    return min(behind + ahead, default=None)


def asked(matter: Matter) -> Span | None:
    """Where something is asked for, without a day."""
    tone = matter.rules.patterns["tone"]
    contact = matter.rules.patterns["facts"]["not_payment"]
    head, *body = matter.reading.sentences or [Span(0, 0)]
    for span in (*body, head):  # a title may ask too: it is the last to be pointed at
        words = matter.reading.told(span)
        for ask in tone["plain_ask"]:
            if any(True for _ in ask.finditer(words)):
                return span
        for ask in tone["vague_ask"]:
            for match in ask.finditer(words):
                told_so = match.group() + words[match.end() : match.end() + 30]
                if any(one.search(match.group()) for one in contact):
                    continue
                if any(one.search(told_so) for one in tone["vague"]):
                    return Span(span.start + match.start(), span.start + match.end())
        if _bare(tone["ask"], tone["ask_other"], words):
            return span
    return None


def _bare(asks, others, words: str) -> bool:
    """Whether a sentence asks for something and for nothing else that a letter may ask for."""
    return any(one.search(words) for one in asks) and not any(one.search(words) for one in others)
