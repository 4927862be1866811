"""The date, the number and the signature of a letter."""

import re

from creditlib.collection.letter_matter import Matter, blanked, plain
from creditlib.collection.letter_text import Span, read


def referenced(matter: Matter) -> bool:
    """A date or a number of its own; a letter with neither cannot be named later."""
    return letter_date(matter) is not None or reference_place(matter) is not None


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
    for match in _CODE.finditer(matter.reading.raw):  # “our file WY-B”: no digit in it
        if match["code"].upper() not in _NO_CODE:
            return Span(*match.span())
    return None


_CODE = re.compile(
    r"(?:\b(?i:our|your) (?i:file|mark|number|sign)\b|\b(?i:ref(?:erence)?|file (?:no|number)"
    r"|letter (?:no|number))\b|[\u51fd\u7f16\u6587]\u53f7)[.:\uff1a ]{1,3}"
    r"(?P<code>[A-Z0-9]{1,8}(?:[-/.][A-Z0-9]{1,8})*)(?![\w])"
)
_NO_CODE = {"A", "I", "RMB", "CNY", "USD"}
_OTHER_NUMBERS = re.compile(
    r"[\w.+-]{1,64}@[\w.-]+\w|(?<![\w-])\d{3,4}[- ]\d{4} ?\d{4}(?![\d\u5e74-])|\d{4}(?: \d{4}){2,}"
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
    sentence = matter.reading.told(matter.reading.sentence(start))
    if any(one.search(sentence) for one in labels["interest"]) and _TO.search(matter.flat[:start]):
        return True
    before = matter.flat[max(0, start - 24) : start].rpartition("\n")[2]
    after = matter.flat[end : end + 12].partition("\n")[0]
    back, ahead = labels["due"]
    return bool(_UP_TO.search(before) or back.match(after) or ahead.search(before))


_TO = re.compile(r"(?:\b(?:to|until|till|through|by|on|at)|[\u81f3\u5230\u6b62])[ :(]*$")
_UP_TO = re.compile(
    r"(?:\u622a\u81f3|\u622a\u6b62|\u8ba1\u81f3|\u7b97\u5230|as of|as at|up to|to date)[^\n]{0,6}$"
)


def signed(matter: Matter) -> bool:
    """A name, an office or a seal in the last lines, or a short last line that is no sentence."""
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
    raw = [line.strip() for line in matter.reading.raw.splitlines() if line.strip()]
    last = _STOP.split(raw[-1].rstrip("."))[-1] if raw else ""
    tail = [*raw[3:][-3:], *raw[1:][-1:], last]
    return any(_short_name(matter, line) for line in tail if line)


_STOP = re.compile(r"(?<=[.!?]) +|(?<=[\u3002\uff01\uff1f])")
_CLOSING = re.compile(
    r"\b(?i:thanks?|thank you|regards|respect|yours|sincerely|best|cheers|greetings|wishes"
    r"|faithfully|truly)\b[^.\n]{0,30}[,-]\s*(?:[A-Z][a-z]+ [A-Z][a-z]+)\b[^.\n]{0,30}$"
    r"|[\u4e00-\u9fff]{2,6} ?[\u4e00-\u9fff]{2,3} ?(?:\u4e0a|\u542f|\u62dc|\u656c|\u978d\u8eac)$"
)


def _short_name(matter: Matter, line: str) -> bool:
    """Whether a line is a name or an office and nothing else: no sentence, no sum, no account."""
    words = read(line, matter.reading.lang).flat.strip()
    short = 24 if matter.reading.lang == "zh" else 50
    lead = re.split(r"[,(/|]", line)[0].split()
    if 2 <= len(lead) <= 3 and all(re.fullmatch(r"[A-Z][a-z]+", one) for one in lead):
        return not _NO_NAME.search(" ".join(lead).lower())
    bare = _DAY.sub("", words).strip(" .-/|()")
    if not (1 if matter.reading.lang == "zh" else 2) <= len(bare) <= short or _NO_NAME.search(bare):
        return False
    if plain(matter.claim.debtor.name) in plain(words):
        return False
    if matter.reading.lang == "zh":
        return True
    names = re.findall(r"[A-Za-z][\w\'.-]*", line)
    large = sum(name[0].isupper() for name in names)
    return 0 < len(names) <= 8 and (large * 2 >= len(names) or len(names) <= 3)


_NO_NAME = re.compile(
    r"\b(?:bank|branch|account|road|street|avenue|total|sum|rmb|cny|usd|dear|hi|hello|attach\w*|enclos\w*"
    r"|encl|annex\w*|invoices?|contract|statement|copies|thank you for|pay|reminder|notice)\b"
    r"|\u94f6\u884c|\u652f\u884c|\u8d26\u53f7|\u5143|\u9644|\u53d1\u7968|\u5408\u540c|\u8bf7|\u81f4[:]"
    r"|[\u3002!?;:=@|]|[a-z]{3}\.$|,$|\d{3}|\u60a8\u597d|^\u5c0a\u656c|^[-*+>\[]|^\d+[.)\u3001]"
)
_DAY = re.compile(
    r"\d{4}[-./\u5e74]\d{1,2}[-./\u6708]\d{1,2}\u65e5?|\b\d{1,2} [a-z]{3,9} \d{4}\b"
    r"|\b[a-z]{3,9} \d{1,2},? \d{4}\b"
)
