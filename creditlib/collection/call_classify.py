"""Which move a sentence of the caller makes: words as data (`call_utterances.toml`).

A rule is a pattern with a weight; likeness to written examples (`call_examples.toml`) is added. A
text makes the move that weighs most; what breaks law or decency weighs more than what stands
around it. Texts that neither knows make no move.
"""

import re
import unicodedata
from functools import cache

from creditlib.collection.call_examples import likeness
from creditlib.collection.call_files import call_file
from creditlib.collection.moves import BAD_MOVES, MOVES, UNLAWFUL_MOVES

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*|[。！？!?；;\n]+")
_ENGLISH_STOP = re.compile(r"(?<=[a-z)”\"])\.\s+(?=[A-Z])")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_EAR = 16.0  # weight of likeness to the examples, beside the rules
_SURE, _LEAST = 2.0, 2.6  # a rule that speaks for itself; what it takes together without one
_QUIET = re.compile(r"[\s.。…·]*")


def classify(text: str, lang: str | None = None) -> str:
    """Return the one move that a text makes above all, or an empty string.

    `lang` restricts the rules to a language; without it both are tried.

    >>> classify("Which day can you pay?"), classify("您看几号可以付？")
    ('ask_date', 'ask_date')
    >>> classify("Lovely weather today.")
    ''
    """
    weights = _weights(text, lang)
    return max(weights, key=lambda move: (weights[move], -MOVES.index(move)), default="")


def moves_in(text: str, lang: str | None = None) -> tuple[str, ...]:
    """Return the moves that a text makes, sentence by sentence, each once, in order.

    A move that is never right stands alone: it is what the other side hears.

    >>> moves_in("I see, please go on. What is holding up the payment?")
    ('listen', 'ask_reason')
    """
    whole = classify(text, lang)
    if not whole:
        return ()
    found = [classify(sentence, lang) for sentence in sentences(text)]
    if whole in BAD_MOVES:  # of several the one that breaks the law is what counts
        return (next((move for move in found if move in UNLAWFUL_MOVES), whole),)
    kept = list(dict.fromkeys(move for move in found if move))
    return tuple(kept) if kept and not set(kept) & set(BAD_MOVES) else (whole,)


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


def _weights(text: str, lang: str | None) -> dict[str, float]:
    read = unicodedata.normalize("NFKC", text).strip().lower().replace("’", "'")
    if text and _QUIET.fullmatch(read):
        return {"stay_silent": 1.0}
    weights: dict[str, float] = {}
    for move, pattern, weight in _rules(lang):
        if pattern.search(read):
            weights[move] = weights.get(move, 0.0) + weight
    spoken = lang or ("zh" if _HANZI.search(read) else "en")
    for move, like in likeness(read, spoken).items():
        ruled = weights.get(move, 0.0)
        ear = _EAR
        if ruled == 0 and move in BAD_MOVES:  # likeness alone makes nobody a lawbreaker
            ear = 0.0 if move in UNLAWFUL_MOVES else _EAR / 2
        ruled *= 1.5 if move in BAD_MOVES else 1
        weights[move] = ruled + ear * like if ruled >= 0 else ruled
        if ruled < _SURE and weights[move] < _LEAST:
            weights[move] = 0.0
    return {move: weight for move, weight in weights.items() if weight > 0}


@cache
def _rules(lang: str | None) -> list[tuple[str, re.Pattern, float]]:
    rules = []
    for move, entry in call_file("utterances").items():
        for name in (lang,) if lang else ("zh", "en"):
            for weight, patterns in entry.get(name, {}).items():
                rules += [(move, re.compile(each), float(weight)) for each in patterns]
    return rules
