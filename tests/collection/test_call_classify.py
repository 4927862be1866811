"""Own words are understood as moves: measured on utterances of which a part was kept out."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from creditlib.collection.call_classify import classify, moves_in
from creditlib.collection.call_files import call_file
from creditlib.collection.claim import Claim
from creditlib.collection.dialogue import GOOD_MOVES, MOVES, UNLAWFUL_MOVES, Call
from creditlib.collection.moves import move_words
from creditlib.data import load

CLAIM = Claim.of("480000", due=date(2025, 10, 31), as_of=date(2025, 12, 31))
FOLDER = Path(__file__).parent


def kept_out(language):
    told = tomllib.loads((FOLDER / f"utterances_{language}.toml").read_text(encoding="utf-8"))
    return [(move, line) for move, lines in told["held_out"].items() for line in lines]


def examples(language):
    return [
        (move, line) for move, lines in call_file("examples")[language].items() for line in lines
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_move_has_examples_and_none_of_those_kept_out_is_one(language):
    assert {move for move, _ in kept_out(language)} == set(MOVES)
    assert {move for move, _ in examples(language)} == set(MOVES)
    assert not {line for _, line in kept_out(language)} & {line for _, line in examples(language)}


@pytest.mark.parametrize(("language", "least"), [("zh", 0.8), ("en", 0.6)])
def test_most_of_what_was_kept_out_is_understood(language, least):
    pairs = kept_out(language)
    right = sum(classify(line, language) == move for move, line in pairs)
    assert right / len(pairs) >= least


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sentences_of_the_buttons_are_understood(language):
    hidden = Call("forgetful", CLAIM, lang=language)
    for move in MOVES:
        assert classify(move_words(move, language, hidden._values()), language) == move


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_decent_sentence_is_hardly_ever_heard_as_unlawful(language):
    decent = [line for move, line in kept_out(language) + examples(language) if move in GOOD_MOVES]
    wrong = [line for line in decent if classify(line, language) in UNLAWFUL_MOVES]
    assert len(wrong) <= 0.01 * len(decent), wrong


@pytest.mark.parametrize(
    ("language", "speaker"), [("zh", "催收员："), ("en", "Collector: ")], ids=["zh", "en"]
)
def test_unlawful_words_in_the_transcripts_of_the_world_are_heard(language, speaker):
    calls = load("calls").dropna(subset=[f"transcript_{language}"])
    agree = 0
    for call in calls.itertuples():
        lines = getattr(call, f"transcript_{language}").splitlines()
        said = [line.removeprefix(speaker) for line in lines if line.startswith(speaker)]
        heard = {move for line in said for move in moves_in(line, language)}
        agree += bool(heard & set(UNLAWFUL_MOVES)) == (call.conduct != "ok")
    assert agree / len(calls) > 0.95


@pytest.mark.parametrize("words", ["", "qwertz", "红烧肉挺香", "Lovely weather."])
def test_what_is_no_move_is_none(words):
    assert classify(words) == ""
    assert moves_in(words) == ()


def test_a_bad_word_is_what_is_heard():
    line = "I understand. But pay, or I'll send some people round. Which day suits you?"
    assert moves_in(line, "en") == ("threaten",)
