"""What sentences are told by is what the labelled ones teach; the rules have the first word."""

from dataclasses import replace
from datetime import date

import pytest

from creditlib.collection import letter_matter, letter_opinion
from creditlib.collection.claim import Claim, OwedInvoice, Party
from creditlib.collection.letter_likeness import _learnt, likeness, pieces
from creditlib.collection.letter_rules import rules
from creditlib.collection.letter_text import read
from creditlib.collection.letters import draft, review

CLAIM = Claim(
    Party("Chengpu Tuoran Pumps Co., Ltd."),
    Party("Yunling Yunxiu Electromechanical Co., Ltd.", contact="000-8800 0168"),
    (OwedInvoice("25110461", date(2025, 10, 20), date(2025, 11, 19), "126800.00"),),
    date(2025, 12, 8),
    "HT2024-C0318",
    daily_penalty="0.0003",
    account="0000 1688 2016 0001",
)
CLAIM_ZH = replace(
    CLAIM,
    debtor=Party("澄浦恒砺泵业有限公司"),
    creditor=Party("云陵云岫机电有限公司", contact="000-8800 0168"),
)


@pytest.fixture(scope="module")
def learner(benchmark_script):
    return benchmark_script("learn_letters")


def test_the_weights_are_what_the_labelled_sentences_teach(learner, lang):
    kinds, floors, weights = _learnt(lang)
    taught = learner.learnt(lang)
    assert kinds == taught["kinds"]
    assert floors == pytest.approx(taught["floors"], abs=0.05)
    assert weights.keys() == taught["weights"].keys()
    # A step of rounding may fall the other way on another processor.
    pairs = ((one, weights[piece]) for piece, one in taught["weights"].items())
    assert max(abs(a - b) for one, other in pairs for a, b in zip(one, other, strict=True)) <= 1


def test_no_sentence_that_is_learnt_from_is_labelled_twice_in_two_ways(learner, lang):
    told = {}
    for sentence, kinds, known in learner.sentences(lang):
        for kind in known:
            assert told.setdefault((sentence, kind), kind in kinds) == (kind in kinds), sentence


@pytest.mark.parametrize(
    ("lang", "sentence", "kind"),
    [
        ("en", "pay us, or somebody will break your legs on the way home.", "threat"),
        ("en", "kindly have the funds with us no later than 19 december.", "dated_demand"),
        ("zh", "别逼我们去你儿子的学校门口等你。", "threat"),
        ("zh", "12月19日之前把钱打过来就行。", "dated_demand"),
    ],
)
def test_a_sentence_in_words_of_its_own_is_likest_to_what_it_is(lang, sentence, kind):
    found = likeness(sentence, lang)
    assert max(found, key=found.get) == kind
    assert found[kind] > 0.5


def test_a_sentence_of_nothing_known_is_like_nothing(lang):
    assert max(likeness("ѭѯ ѱ", lang).values()) < 0.5
    assert max(likeness("", lang).values()) < 0.5


def test_figures_are_one_piece_whatever_they_are():
    assert pieces("pay 1,234.50 by 12", "en") == pieces("pay 9 by 31", "en")


def test_names_of_the_parties_do_not_count():
    letter = draft(CLAIM, "formal_demand", "en")
    other = "Family Police Home Blood Co., Ltd."
    renamed = replace(CLAIM, debtor=Party(other))
    assert review(letter, CLAIM, stage="formal_demand") == []
    assert review(letter.replace(CLAIM.debtor.name, other), renamed, stage="formal_demand") == []


def test_an_offence_that_no_rule_knows_is_found_where_it_stands():
    sentence = "几个兄弟天天去会计家楼下抽烟，抽到钱到为止。"
    assert not rules("zh").offences(read(sentence, "zh"), "threat")
    letter = draft(CLAIM, "formal_demand", "zh") + "\n" + sentence
    (finding,) = review(letter, CLAIM, stage="formal_demand")
    assert (finding.kind, finding.words.strip()) == ("threat", sentence)


def test_a_line_that_only_names_the_addressee_is_no_offence(monkeypatch):
    def misled(said, lang):
        return likeness(said, lang) | ({"disclosure": 0.99} if said == "to: _" else {})

    monkeypatch.setattr(letter_matter, "likeness", misled)
    assert review(draft(CLAIM, "formal_demand", "en"), CLAIM, stage="formal_demand") == []


@pytest.mark.parametrize("likely", [0.05, 0.6])
def test_one_clause_of_a_long_sentence_is_enough_for_an_element(monkeypatch, likely):
    told = "货物均已交付，并由贵司签收。"
    longer = "上述两笔贵司至今未付，货物均已交付，并由贵司签收，为此函告。"
    letter = draft(CLAIM_ZH, "formal_demand", "zh")
    assert told in letter
    whole = {"performance": 0.05}
    monkeypatch.setattr(letter_matter, "likeness", lambda said, lang: likeness(said, lang) | whole)
    monkeypatch.setattr(
        letter_opinion,
        "likeness",
        lambda said, lang: likeness(said, lang) | {"performance": likely},
    )
    found = review(letter.replace(told, longer), CLAIM_ZH, stage="formal_demand")
    assert [one.kind for one in found] == ([] if likely > 0.5 else ["no_performance"])
