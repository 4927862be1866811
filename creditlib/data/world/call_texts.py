"""What was said on a call: phrases put together move by move, and the labels that follow.

Every move of the collector (call_phrases.toml) is made well or badly. Two moves belong to each
label, which counts those made well: 0, 1 or 2. What breaks the law or decency is put in on its own
and gives the call its conduct.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from creditlib.data.world.call_facts import Contact, Pair, Scene, spoken_facts
from creditlib.data.world.seed import pick

CONDUCTS = ("pressure", "threat", "disclosure", "false_authority")
_CONDUCT_SHARES = (0.28, 0.26, 0.16, 0.30)  # at the front desk it is mostly disclosure
MOVES = {  # the two moves of each label, in both scripts
    "listening": ("ask", "reflect"),
    "cooperation": ("offer", "together"),
    "clarity": ("claim", "close"),
    "emotion": ("greet", "calm"),
}
_SPEAKERS = (("催收员：", "客户："), ("Collector: ", "Customer: "))


@dataclass(frozen=True)
class Words:
    """A transcript in both languages, its labels (0 to 2) and its conduct."""

    zh: str
    en: str
    levels: dict[str, int]
    conduct: str


def transcribe(random: np.random.Generator, scene: Scene) -> Words:
    """Return what was said on the call of a scene."""
    contact = scene.contact
    chance = 1 / (1 + np.exp(-0.2 - 0.9 * contact.manner))
    good = {move: bool(random.random() < chance) for pair in MOVES.values() for move in pair}
    conduct = "ok"
    if random.random() < np.clip(0.40 - 0.2 * contact.manner, 0.05, 0.7):
        conduct = CONDUCTS[int(pick(random.random(), _CONDUCT_SHARES))]
        good["calm"] = good["calm"] and bool(random.random() < 0.25)  # few say such things calmly
    if contact.result == "referred":
        conduct = "disclosure" if conduct in ("threat", "false_authority") else conduct
        turns = _at_the_desk(random, good, conduct)
    else:
        turns = _with_the_debtor(random, contact, good, conduct)
    languages = [_told(turns, scene, language) for language in (0, 1)]
    levels = {label: sum(good[move] for move in pair) for label, pair in MOVES.items()}
    return Words(*languages, levels, conduct)


def _with_the_debtor(random, contact: Contact, good: dict[str, bool], conduct: str) -> list:
    """The turns of a call, collector and customer in turn; a turn is a list of phrases."""
    collector, customer = _phrases()["collector"], _phrases()["customer"]
    story = _story(random, contact)

    def said(move: str) -> Pair:
        found = collector[move]["good" if good[move] else "bad"]
        return _one(random, found)

    greet = said("greet")
    claim = _one(random, collector["claim"][_claim_kind(contact, good["claim"])])
    if random.random() < 0.6:
        ack = _one(random, customer["ack" if good["greet"] else "ack_curt"])
        turns = [[greet], [ack], [claim]]
    else:
        turns = [[greet, claim]]
    reflect, offer = (
        story[move] if good[move] else _one(random, collector[move]["bad"])
        for move in ("reflect", "offer")
    )
    turns += [[story["excuse"]], [said("ask")], [story["detail"]], [reflect, offer]]
    turns += [[story["pushback"] if good["offer"] else _one(random, customer["pushback"])]]
    if conduct == "ok":
        turns += [[said("calm"), said("together")]]
    else:
        breach = _one(random, collector["breach"][conduct])
        retort = _one(random, customer["retort"][conduct])
        turns += [[said("calm"), breach], [retort], [said("together")]]
    turns += [[_one(random, customer["outcome"][_outcome_kind(contact)])]]
    turns += [[_one(random, collector["close"][_close_kind(contact, good["close"])])]]
    if random.random() < 0.7:
        civil = conduct == "ok" and contact.result != "refused"
        warm = civil and good["calm"] and good["close"]
        turns += [[_one(random, customer["bye" if warm else "bye_cold"])]]
    return turns


def _claim_kind(contact: Contact, good: bool) -> str:
    if contact.broken:
        return "good_broken" if good else "bad_broken"
    if not good:
        return "bad"
    return "good_one" if contact.claim.invoices.size == 1 else "good_many"


def _outcome_kind(contact: Contact) -> str:
    disputed_in_part = contact.kind == "disputing" and contact.result == "partial_promise"
    return "partial_undisputed" if disputed_in_part else contact.result


def _close_kind(contact: Contact, good: bool) -> str:
    if not good:
        return "bad"
    return "promise_good" if contact.promised else f"{contact.result}_good"


def _at_the_desk(random, good: dict[str, bool], conduct: str) -> list:
    """The turns of a call that gets no further than the front desk or another department."""
    desk = _phrases()["desk"]

    def said(move: str) -> Pair:
        return _one(random, desk[move]["good" if good[move] else "bad"])

    def heard(line: str) -> list[Pair]:
        return [_one(random, desk["customer"][line])]

    reason = [said("ask")]
    if conduct != "ok":
        reason.insert(0, _one(random, desk["breach"][conduct]))
    return [
        [said("greet"), said("claim")],
        heard("who"),
        reason,
        heard("absent"),
        [said("reflect"), said("offer")],
        heard("limits"),
        [said("calm"), said("together")],
        heard("referral"),
        [said("close")],
    ]


def _story(random, contact: Contact) -> dict:
    reason = contact.dispute[1] if contact.dispute else None
    stories = [
        story
        for story in _stories()[contact.kind]
        if story.get("reason") in (None, reason)
        and not (story.get("staff") and contact.role == "owner")
    ]
    return stories[int(random.integers(len(stories)))]


def _told(turns: list, scene: Scene, language: int) -> str:
    values = spoken_facts(scene, language)
    joint = "" if language == 0 else " "
    return "\n".join(
        _SPEAKERS[language][place % 2]
        + joint.join(phrase[language] for phrase in turn).format_map(values)
        for place, turn in enumerate(turns)
    )


def _one(random, pairs: list[Pair]) -> Pair:
    return pairs[int(random.integers(len(pairs)))]


@cache
def _phrases() -> dict:
    return _read("call_phrases.toml")


@cache
def _stories() -> dict:
    return _read("call_stories.toml")


def _read(name: str) -> dict:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
