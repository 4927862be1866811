"""The whole world of a seed: what is hidden, how customers pay, and every table drawn from that."""

from dataclasses import dataclass

import pandas as pd

from creditlib.data.world.behaviour import Behaviour, make_behaviour
from creditlib.data.world.customers import customers, make_scale
from creditlib.data.world.hidden import Hidden, make_hidden
from creditlib.data.world.outcomes import outcomes
from creditlib.data.world.postings import ledger
from creditlib.data.world.references import trade_references
from creditlib.data.world.reviews import expert_reviews
from creditlib.data.world.statements import statements


@dataclass(frozen=True)
class World:
    """One seed's world; `tables` maps a file's name to its frame."""

    hidden: Hidden
    behaviour: Behaviour
    tables: dict[str, pd.DataFrame]


def assemble(seed: int) -> World:
    """Make the world of a seed. Every part draws from streams of its own."""
    hidden = make_hidden(seed)
    scale = make_scale(seed, hidden)
    behaviour = make_behaviour(seed, hidden, scale["annual_purchases"].to_numpy())
    accounts = statements(seed, hidden, scale)
    master = customers(seed, hidden, scale, behaviour.terms)
    return World(
        hidden=hidden,
        behaviour=behaviour,
        tables={
            "customers": master,
            "statements": accounts,
            "trade_references": trade_references(seed, hidden, scale),
            "expert_reviews": expert_reviews(seed, hidden),
            "outcomes": outcomes(seed, hidden, behaviour, accounts),
            **ledger(seed, hidden, behaviour, master["status"]),
        },
    )
