"""Chapter 4's widgets: the week's work, the letter, the call, the clock and the interest.

Each is made in the language in use. They only show; what they show comes from the domain.
"""

from collections.abc import Collection, Iterable
from datetime import date
from functools import partial

from creditlib.collection.claim import Claim
from creditlib.collection.dialogue import PERSONAS, move_name
from creditlib.collection.goals import Debt
from creditlib.collection.interest import BASES, ENDS, MODES
from creditlib.collection.interest_terms import REGIMES
from creditlib.collection.letters import STAGES
from creditlib.collection.ranking import RANKS
from creditlib.i18n import text as words
from creditlib.widgets.call_evidence import GROUPS, call_evidence, sayable
from creditlib.widgets.clock_evidence import GUARANTEES, clock_evidence
from creditlib.widgets.desk_evidence import desk_evidence
from creditlib.widgets.example_claims import example_claim, example_debts
from creditlib.widgets.frame import Control, Widget, opened
from creditlib.widgets.interest_evidence import interest_evidence
from creditlib.widgets.letter_evidence import letter_evidence, usual_stage

# A call that begins as it should: the page shows how it goes on from there.
OPENING = tuple(
    (move, "")
    for move in ("open", "verify_identity", "state_facts", "ask_reason", "listen", "ask_specifics")
)  # fmt: skip


def collection_desk(
    debts: Iterable[Debt | Claim] | None = None,
    *,
    holidays: Collection[date] = (),
    **start: object,
) -> Widget:
    """Return the widget that plans a week of collection under a capacity, by three lists.

    `debts` are those of one day, the latest `as_of` of their claims; without them, fourteen
    invented ones. Nothing is planned on the `holidays`. `start` gives other opening values by
    control, `minutes=60` for instance.

    >>> collection_desk(minutes=60).opening()["minutes"]
    60
    """
    given = example_debts() if debts is None else debts
    given = tuple(each if isinstance(each, Debt) else Debt(each) for each in given)
    key = "widgets.collection_desk."
    lists = tuple((words(f"{key}list.{name}"), name) for name in RANKS)
    controls = (
        Control("ranking", "choice", f"{key}ranking", lists[0][1], choices=lists),
        Control("people", "slider", f"{key}people", 1, 1, 8, 1),
        Control("minutes", "slider", f"{key}minutes", 120, 15, 480, 15),
        Control("days", "slider", f"{key}days", 5, 1, 10, 1),
    )
    return Widget(
        "collection_desk", opened(controls, start), partial(desk_evidence, given, holidays)
    )


def letter_editor(
    claim: Claim | None = None, stage: str | None = None, text: str | None = None
) -> Widget:
    """Return the widget in which a dunning letter is written and reviewed as one types.

    Without a `claim`, an invented one; without a `stage`, the one that its days overdue call for;
    without a `text`, a letter that should not go out.

    >>> letter_editor(stage="reminder", text="Please pay.").opening()["letter"]
    'Please pay.'
    """
    key = "widgets.letter_editor."
    if text is None:
        text = words(f"{key}example", debtor=(claim or example_claim()).debtor.name)
    claim = claim or example_claim()
    stages = tuple((words(f"letters.stage.{name}"), name) for name in STAGES)
    controls = (
        Control("stage", "choice", f"{key}stage", usual_stage(claim), choices=stages),
        Control("letter", "text", f"{key}letter", text),
    )
    controls = opened(controls, {"stage": stage} if stage else {})
    return Widget("letter_editor", controls, partial(letter_evidence, claim))


def the_call(persona: str | None = None, seed: int = 1, claim: Claim | None = None) -> Widget:
    """Return the widget in which a collection call is held, move by move or in own words.

    `persona` is one of the eight debtor types, by default somebody unknown whom the `seed` draws;
    without a `claim`, an invented one. Its value `said` is the whole talk: what is shown is the
    call played again, so that a step back is a talk without its end.

    >>> the_call("evasive").opening()["said"][0]
    ('open', '')
    """
    key, claim = "widgets.the_call.", claim or example_claim()
    people = [(words(f"dialogue.persona.{name}.name"), name) for name in PERSONAS]
    people = ((words(f"{key}unknown"), ""), *people)
    moves = tuple(
        (words(f"{key}group.{group}"), tuple((move_name(move), move) for move in members))
        for group, members in GROUPS.items()
    )
    controls = (
        Control("persona", "choice", f"{key}persona", "", choices=people),
        Control("seed", "slider", f"{key}seed", 1, 1, 50, 1),
        Control(
            "said", "talk", f"{key}said", OPENING, choices=moves, sayable=partial(sayable, claim)
        ),
    )
    controls = opened(controls, {"persona": persona or "", "seed": seed})
    return Widget("the_call", controls, partial(call_evidence, claim))


def limitation_clock(**start: object) -> Widget:
    """Return the widget that counts the limitation of a claim and a guarantee period beside it.

    `start` gives other opening values by control, `due=date(2022, 3, 31)` or `proof=False` for
    instance; a day that is None did not happen.

    >>> limitation_clock(proof=False).opening()["proof"]
    False
    """
    key = "widgets.limitation_clock."
    kinds = tuple((words(f"{key}kind.{name}"), name) for name in GUARANTEES)
    controls = (
        Control("due", "date", f"{key}due", date(2022, 11, 30)),
        Control("today", "date", f"{key}today", date(2025, 12, 31)),
        Control("demand", "date", f"{key}demand", date(2024, 6, 14)),
        Control("proof", "toggle", f"{key}proof", True),
        Control("payment", "date", f"{key}payment", None),
        Control("promise", "date", f"{key}promise", None),
        Control("guarantee", "choice", f"{key}guarantee", "silent", choices=kinds),
        Control("months", "slider", f"{key}months", 0, 0, 36, 1),
    )
    return Widget("limitation_clock", opened(controls, start), clock_evidence)


def interest_desk(**start: object) -> Widget:
    """Return the widget that reckons late interest and compares the regimes.

    `start` gives other opening values by control, `principal=480_000` for instance; days are
    dates. EUR and GBP stand for the same figure in the regimes of the EU and the UK.

    >>> interest_desk(regime="agreed").opening()["regime"]
    'agreed'
    """
    key = "widgets.interest_desk."

    def options(name: str, values: Iterable[object]) -> tuple[tuple[str, object], ...]:
        return tuple((words(f"{key}{name}_is.{value}"), value) for value in values)

    controls = (
        Control("principal", "number", f"{key}principal", 1e6, 1, 1e9, 1000, number=",.2f"),
        Control("regime", "choice", f"{key}regime", REGIMES[0], choices=options("regime", REGIMES)),
        Control("due", "date", f"{key}due", date(2024, 6, 30)),
        Control("paid", "date", f"{key}paid", date(2025, 12, 31)),
        Control("multiple", "choice", f"{key}multiple", "1.5", choices=MULTIPLES),
        Control("mode", "choice", f"{key}mode", MODES[0], choices=options("mode", MODES)),
        Control("daily", "slider", f"{key}daily", 0.0003, 0, 0.002, 0.0001, number=".2%"),
        Control("contract", "date", f"{key}contract", date(2024, 3, 1)),
        Control("reference", "slider", f"{key}reference", 0.0425, 0, 0.08, 0.0005, number=".2%"),
        Control("base", "choice", f"{key}base", BASES[0], choices=options("base", BASES)),
        Control("ends", "choice", f"{key}ends", ENDS[0], choices=options("ends", ENDS)),
        Control("part", "number", f"{key}part", 200_000, 0, 1e9, 1000, number=",.2f"),
        Control("part_on", "date", f"{key}part_on", date(2025, 3, 31)),
    )
    return Widget("interest_desk", opened(controls, start), interest_evidence)


MULTIPLES: tuple[tuple[str, str], ...] = (("1.3", "1.3"), ("1.5", "1.5"))
