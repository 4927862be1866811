"""The whole world of a seed: what is hidden, how customers pay, and every table drawn from that."""

from dataclasses import dataclass

import pandas as pd

from creditlib.data.world.access_log import access_log
from creditlib.data.world.behaviour import Behaviour, make_behaviour
from creditlib.data.world.calls import calls
from creditlib.data.world.credit_files import credit_files
from creditlib.data.world.customers import customers, make_scale
from creditlib.data.world.events import events
from creditlib.data.world.guarantees import guarantees
from creditlib.data.world.hidden import Hidden, make_hidden
from creditlib.data.world.letters import letters
from creditlib.data.world.limits import limits
from creditlib.data.world.lpr import lpr
from creditlib.data.world.outcomes import outcomes
from creditlib.data.world.postings import ledger
from creditlib.data.world.references import trade_references
from creditlib.data.world.reviews import expert_reviews
from creditlib.data.world.statements import statements
from creditlib.data.world.tasks import tasks
from creditlib.data.world.team import team


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
    tables = {
        "customers": master,
        "statements": accounts,
        "trade_references": trade_references(seed, hidden, scale),
        "expert_reviews": expert_reviews(seed, hidden),
        "outcomes": outcomes(seed, hidden, behaviour, accounts),
        **ledger(seed, hidden, behaviour, master["status"]),
        "limits": limits(seed, hidden, behaviour, master),
        "guarantees": guarantees(seed, hidden, behaviour, master),
        "events": events(seed, hidden, master),
        "lpr": lpr(),
        "team": team(),
    }
    tables["tasks"] = tasks(seed, hidden, behaviour, tables["disputes"])
    tables["credit_files"] = credit_files(
        seed,
        hidden,
        master,
        accounts,
        tables["expert_reviews"],
        tables["guarantees"],
        tables["limits"],
    )
    tables["calls"] = calls(seed, hidden, tables)
    tables["letters"] = letters(seed, hidden, tables)
    tables["access_log"] = access_log(seed, master, tables["credit_files"])
    return World(hidden, behaviour, tables)
