"""What a caller can do on the telephone, as moves; which of them are never right."""

from creditlib.collection.call_files import call_file
from creditlib.errors import InputError
from creditlib.i18n import text

GOOD_MOVES = (
    "open", "verify_identity", "state_facts", "ask_payment", "stay_silent", "ask_reason",
    "ask_specifics", "listen", "summarise", "offer_documents", "log_dispute", "split_undisputed",
    "offer_plan", "ask_security", "name_lawful_consequence", "escalate_senior", "ask_date",
    "ask_method", "ask_name", "confirm", "note_limitation", "close",
)  # fmt: skip
UNLAWFUL_MOVES = ("threaten", "false_authority", "disclose_third_party")
BAD_MOVES = ("accuse", "insult", "interrupt", "beg", "argue", *UNLAWFUL_MOVES)
MOVES = GOOD_MOVES + BAD_MOVES

# After one of these a silence works: the other side has something to answer.
QUESTIONS = ("ask_payment", "ask_reason", "ask_specifics", "ask_date", "name_lawful_consequence")


def checked_move(move: str) -> str:
    """Return `move` if it is one; say which there are if not.

    >>> checked_move("ask_date")
    'ask_date'
    """
    if move not in MOVES:
        raise InputError("dialogue.unknown_move", value=move, known=", ".join(MOVES))
    return move


def move_name(move: str, lang: str | None = None) -> str:
    """Return what a move is called, in the language in use (or `lang`).

    >>> move_name("ask_date", "en")
    'ask for a date'
    """
    return text(f"dialogue.move.{checked_move(move)}", lang=lang)


def move_minutes(move: str) -> float:
    """Return how many minutes of the call a move takes."""
    return call_file("moves")[move]["minutes"]


def move_words(move: str, lang: str, values: dict[str, object]) -> str:
    """Return a sentence that makes the move, with the claim's own values."""
    return call_file("moves")[move][lang].format_map(values)
