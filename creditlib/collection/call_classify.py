"""Which move a sentence of the caller makes, as words learnt from examples and a few rules tell.

The examples (`call_examples_zh.toml`, `call_examples_en.toml`) speak through their words
(`call_likeness`); what must not be missed has rules beside them (`call_rules.toml`). A text that is
liker to what is no move than to any move makes none.
"""

import re
import unicodedata
from functools import cache

from creditlib.collection.call_files import call_file
from creditlib.collection.call_likeness import OFF_TOPIC, likeness
from creditlib.collection.moves import BAD_MOVES, UNLAWFUL_MOVES

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*|[。！？!?；;\n]+")
_ENGLISH_STOP = re.compile(r"(?<=[a-z)”\"])\.\s+(?=[A-Z])")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_RULED = 1.5  # what a rule adds to a likeness
_DOUBT = 0.7  # what the lack of one takes from the likeness to what breaks the law
# Nothing said: dots, or no more than a stage direction.
_QUIET = re.compile(r"[\s.。…·]*|[(\[【*][^()\[\]【】*]*[)\]】*]")


def classify(text: str, lang: str | None = None) -> str:
    """Return the one move that a text makes above all, or an empty string.

    Without `lang` a text with hanzi is read as Chinese, any other as English.

    >>> classify("Which day can you pay?"), classify("您看几号可以付？")
    ('ask_date', 'ask_date')
    >>> classify("Lovely weather today.")
    ''
    """
    read = unicodedata.normalize("NFKC", text).strip().lower().replace("’", "'")
    if not read:
        return ""
    if _QUIET.fullmatch(read):
        return "stay_silent"
    spoken = lang or ("zh" if _HANZI.search(read) else "en")
    weights = likeness(read, spoken)
    for move, says, unless in _rules(spoken):
        if says.search(read) and not unless.search(read):
            weights[move] += _RULED
        elif move in UNLAWFUL_MOVES:  # a likeness alone makes hardly anybody a lawbreaker
            weights[move] -= _DOUBT
    move = max(weights, key=weights.__getitem__)
    return "" if move == OFF_TOPIC else move


def moves_in(text: str, lang: str | None = None) -> tuple[str, ...]:
    """Return the moves that a text makes, sentence by sentence, each once, in order.

    A move that is never right stands alone: it is what the other side hears.

    >>> moves_in("I see, please go on. What is holding up the payment?")
    ('listen', 'ask_reason')
    """
    whole = classify(text, lang)
    found = [move for sentence in sentences(text) if (move := classify(sentence, lang))]
    unlawful = [move for move in (*found, whole) if move in UNLAWFUL_MOVES]
    if unlawful:  # said once among kind words, it is said
        return (unlawful[0],)
    if whole in BAD_MOVES:
        return (whole,)
    if not found or set(found) & set(BAD_MOVES):
        return (whole,) if whole else ()
    return tuple(dict.fromkeys(found))


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
def _rules(lang: str) -> list[tuple[str, re.Pattern, re.Pattern]]:
    rules = []
    for move, entry in call_file("rules").items():
        says, unless = (
            "|".join(f"(?:{each})" for each in entry[lang][part] or ["(?!)"])
            for part in ("says", "unless")
        )
        rules.append((move, re.compile(says), re.compile(unless)))
    return rules
