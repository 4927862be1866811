"""Which move a sentence of the caller makes, as words learnt from examples and a few rules tell.

The examples (`call_examples_zh.toml`, `call_examples_en.toml`) speak through their words
(`call_likeness`); what must not be missed has rules beside them (`call_rules.toml`). A text that is
liker to what is no move than to any move makes none.
"""

import re
import unicodedata
from functools import cache
from math import inf

from creditlib.collection.call_files import call_file
from creditlib.collection.call_likeness import OFF_TOPIC, likeness
from creditlib.collection.moves import BAD_MOVES, UNLAWFUL_MOVES

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*|[。！？!?；;\n]+")
_ENGLISH_STOP = re.compile(r"(?<=[a-z)”\"])\.\s+(?=[A-Z])")
_COMMA = re.compile(r"[,，](?!\d)")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_RULED = 1.5  # what a rule adds to a likeness, and what its exception takes away
_DOUBT = 1.2  # what the lack of one takes from the likeness to what breaks the law
_SURE = 0.8  # how far ahead of the others a part of a text must be to count by itself
_ASKS = ("ask_payment", "ask_reason", "ask_specifics", "ask_date", "ask_method", "ask_name")
_BEGINS = ("open", "state_facts", "listen", "summarise", "offer_documents", "log_dispute", *_ASKS)
_ENDS = ("verify_identity", "split_undisputed", *_ASKS)
# Nothing said: dots, or no more than a stage direction.
_QUIET = re.compile(
    r"(?:嗯+|呃+|er+m?|u+m+|h+m+)?[\s.。·]{2,}|[\s.。·]*|[(\[【*][^()\[\]【】*]*[)\]】*]"
)


def classify(text: str, lang: str | None = None) -> str:
    """Return the one move that a text makes above all, or an empty string.

    Without `lang` a text with hanzi is read as Chinese, any other as English.

    >>> classify("Which day can you pay?"), classify("您看几号可以付？")
    ('ask_date', 'ask_date')
    >>> classify("Lovely weather today.")
    ''
    """
    return _weighed(text, lang)[0]


def _weighed(text: str, lang: str | None) -> tuple[str, float]:
    """Return the move that a text makes, and by how much it is ahead of any other."""
    read = unicodedata.normalize("NFKC", text).strip().lower().replace("’", "'")
    if not read:
        return "", inf
    if _QUIET.fullmatch(read):
        return "stay_silent", inf
    spoken = lang or ("zh" if _HANZI.search(read) else "en")
    if (known := _examples(spoken).get(_bare(read))) is not None:
        return known, inf
    weights = likeness(read, spoken)
    for move, says, unless in _rules(spoken):
        if unless.search(read):
            weights[move] -= _RULED
        elif says.search(read):
            weights[move] += _RULED
        elif move in UNLAWFUL_MOVES:  # a likeness alone makes hardly anybody a lawbreaker
            weights[move] -= _DOUBT
    first, second = sorted(weights, key=weights.__getitem__, reverse=True)[:2]
    return "" if first == OFF_TOPIC else first, weights[first] - weights[second]


def moves_in(text: str, lang: str | None = None) -> tuple[str, ...]:
    """Return the moves that a text makes, sentence by sentence, each once, in order.

    A move that is never right stands alone: it is what the other side hears.

    >>> moves_in("I see, please go on. What is holding up the payment?")
    ('listen', 'ask_reason')
    """
    whole = classify(text, lang)
    found = [each for sentence in sentences(text) for each in _of_sentence(sentence, lang)]
    heard = [move for move, ahead in found if move in UNLAWFUL_MOVES]
    if whole in BAD_MOVES and not heard:
        heard = [whole]
    heard += [move for move, ahead in found if move in BAD_MOVES and ahead >= _SURE]
    if heard:  # said once among kind words, it is said
        return (heard[0],)
    good = [move for move, _ in found if move and move not in BAD_MOVES]
    return tuple(dict.fromkeys(good)) or ((whole,) if whole else ())


def _of_sentence(sentence: str, lang: str | None) -> list[tuple[str, float]]:
    """Return the move of a sentence; two if it surely makes one and then asks."""
    whole = _weighed(sentence, lang)
    *before, last = _COMMA.split(sentence)
    if before:
        parts = [_weighed("，".join(before), lang), _weighed(last, lang)]
        (first, _), (then, _) = parts
        sure = min(ahead for _, ahead in parts) >= _SURE
        if sure and first in _BEGINS and then in _ENDS and whole[0] in (first, then):
            return parts
    return [whole]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, Chinese or English.

    >>> sentences("您好。请问哪天付？")
    ['您好。', '请问哪天付？']
    """
    return [
        each
        for sentence in _SENTENCE.findall(text)
        for each in _ENGLISH_STOP.split(sentence)
        if each.strip()
    ]


@cache
def _examples(lang: str) -> dict[str, str]:
    """Return the move of every example, which is what it is whatever its words are like."""
    return {
        _bare(line.lower()): "" if move == OFF_TOPIC else move
        for move, lines in call_file(f"examples_{lang}").items()
        for line in lines
    }


def _bare(read: str) -> str:
    return unicodedata.normalize("NFKC", read).strip(" .,!?。、")


@cache
def _rules(lang: str) -> list[tuple[str, re.Pattern, re.Pattern]]:
    rules = []
    for move, entry in call_file("rules").items():
        says, unless = (
            "|".join(f"(?:{each})" for each in entry[lang][part] or ["(?!)"])
            for part in ("says", "unless")
        )
        rules.append((move, re.compile(says), re.compile(unless)))
    return rules
