"""A call for the tests of the debtor: one claim, and moves said until the call is over."""

from datetime import date

from creditlib.collection.claim import Claim
from creditlib.collection.dialogue import Call

CLAIM = Claim.of("480000", due=date(2025, 10, 31), as_of=date(2025, 12, 31))
OPENING = ("open", "verify_identity", "state_facts", "ask_payment", "stay_silent")


def said(persona, *moves, seed=0, lang="en", claim=CLAIM):
    call = Call(persona, claim, seed, lang)
    for move in moves:
        if not call.over:
            call.say(move)
    return call
