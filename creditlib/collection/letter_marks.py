"""The date, the number and the signature of a letter."""

import re

from creditlib.collection.letter_matter import Matter, blanked, plain
from creditlib.collection.letter_text import Span


def referenced(matter: Matter) -> bool:
    """A date of its own and a number of its own."""
    return letter_date(matter) is not None and reference_place(matter) is not None


def reference_place(matter: Matter) -> Span | None:
    """The first number that is not one of an invoice, a contract, an account or a telephone."""
    taken = [
        (day.start, day.end)
        for day in matter.days
        if day.sure and not _GOES_ON.match(matter.flat, day.end)  # else part of a number
    ]
    taken += [match.span() for match in _OTHER_NUMBERS.finditer(matter.flat)]
    text = blanked(matter.unnumbered, taken)
    sums = [Span(one.start, one.end) for one in matter.amounts if one.sure]
    for pattern in matter.rules.patterns["elements"]["reference"]:
        for match in pattern.finditer(text):
            place = Span(*match.span())
            if not any(start <= place.start < end for start, end in sums):
                return place
    for line in matter.reading.lines[:4]:  # a bare number at the top
        bare = _BARE.search(blanked(text, sums), *line)
        if bare:
            return Span(*bare.span())
    return None


_BARE = re.compile(r"(?<![\w_])(?=[\w/.-]*\d)[a-z0-9][\w/.-]+", re.ASCII)


_OTHER_NUMBERS = re.compile(
    r"[\w.+-]+@[\w.-]+\w|(?<![\w-])\d{3,4}[- ]\d{4} ?\d{4}(?![\d\u5e74-])|\d{4}(?: \d{4}){2,}"
    r"|\b[a-z0-9]{18}\b"
    r"|\b(?:rmb|cny|usd|eur)\b[ \d,.]*|(?:\u7b2c)[\d.]+\u6761|\u300a[^\u300b]*\u300b"
    r"|\b(?:clause|article|art\.?|section|sec\.?)\b ?\d*"
    r"|\b(?:invoice no\.?|contract no\.?|account no\.?|a/c) ?\d*"
    r"|\bno\.? of\b|\bby \d+",
    re.ASCII,
)


_GOES_ON = re.compile(r"[-/][a-z0-9]")


def letter_date(matter: Matter) -> Span | None:
    """Where the letter is dated: its day in a place where no invoice or deadline is spoken of."""
    day = matter.claim.as_of
    for one in matter.days:
        if day in one.means and (
            _heads(matter, one.start) or not _spoken_of(matter, one.start, one.end)
        ):
            return Span(one.start, one.end)
    return None


def _heads(matter: Matter, place: int) -> bool:
    """Whether a place is in a short line at the top."""
    for line in matter.reading.lines[:8]:
        if line.start <= place < line.end:
            return line.end - line.start < (30 if matter.reading.lang == "zh" else 70)
    return False


def _spoken_of(matter: Matter, start: int, end: int) -> bool:
    """Whether a day is that up to which interest runs, or the due day of an item."""
    labels = matter.rules.patterns["labels"]
    before = matter.flat[max(0, start - 24) : start].rpartition("\n")[2]
    after = matter.flat[end : end + 12].partition("\n")[0]
    back, ahead = labels["due"]
    return bool(_UP_TO.search(before) or back.match(after) or ahead.search(before))


_UP_TO = re.compile(
    r"(?:\u622a\u81f3|\u622a\u6b62|\u8ba1\u81f3|\u7b97\u5230|as of|as at|up to|to date)[^\n]{0,6}$"
)


def signed(matter: Matter) -> bool:
    """A name, an office or a seal in the last lines."""
    lists = matter.rules.patterns["elements"]
    lines = [matter.reading.told(span).strip() for span in matter.reading.lines]
    creditor = matter.claim.creditor.name
    sentences = [matter.reading.told(span).strip() for span in matter.reading.sentences]
    short = 24 if matter.reading.lang == "zh" else 60
    for line in [*lines[2:][-6:], *sentences[3:][-3:]]:
        if line.endswith(":"):
            continue  # a list follows
        if any(one.search(line[-short:]) for one in lists["signature_mark"]):
            return True
        lead, name, tail = plain(line).partition(plain(creditor) or "\0")
        if name and len(tail) <= short * 2 / 3 and len(lead) <= short / 3:
            if not any(one.search(line[: short // 2]) for one in lists["signature_not"]):
                return True
        elif len(line) <= 1.5 * short:
            taken = any(one.search(line) for one in lists["signature_not"])
            roles = (*lists["signature_role"], *lists["firm"])
            if not taken and any(one.search(line) for one in roles):
                return True
    last = (*matter.reading.lines[-4:], *matter.reading.sentences[-1:])
    endings = [matter.reading.raw[slice(*matter.reading.back(*span))].strip() for span in last]
    if any(_CLOSING.search(line) for line in endings[-3:]):
        return True
    return any(_is_name(matter, line) for line in endings)


_CLOSING = re.compile(
    r"\b(?i:thanks?|thank you|regards|yours|sincerely|best|cheers|greetings|wishes|faithfully"
    r"|truly)\b[^.\n]{0,30}[,-] *(?:[A-Z][a-z]+ [A-Z][a-z]+)\b[^.\n]{0,30}$"
    r"|^[\u4e00-\u9fff]{2,6} ?[\u4e00-\u9fff]{2,3} ?(?:\u4e0a|\u542f|\u62dc|\u656c)$"
)


def _is_name(matter: Matter, line: str) -> bool:
    """Whether a line is a person's name, with an office or a day beside it at most."""
    if matter.reading.lang == "zh":
        return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}(?: ?[\u4e00-\u9fff]{2,4})?", line))
    words = re.split(r"[,(/|-]", line.rstrip("."))[0].split()
    return 1 <= len(words) <= 3 and all(re.fullmatch(r"[A-Z][A-Za-z]+", word) for word in words)
