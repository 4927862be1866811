"""A claim as plain data, so that a transcript holds all that the call needs to be played again."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from creditlib.collection.claim import Claim, OwedInvoice, PartPayment, Party


def claim_as_data(claim: Claim) -> dict:
    """Return a claim as plain data: text, lists and dicts."""

    def plain(value):
        if isinstance(value, dict):
            return {name: plain(each) for name, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(each) for each in value]
        return value if value is None or isinstance(value, str) else str(value)

    return plain(asdict(claim))


def claim_from_data(data: Mapping) -> Claim:
    """Return the claim that `claim_as_data` wrote."""

    def day(value: str) -> date:
        return date.fromisoformat(value)

    penalty = data["daily_penalty"]
    return Claim(
        debtor=Party(**data["debtor"]),
        creditor=Party(**data["creditor"]),
        invoices=tuple(
            OwedInvoice(**{**each, "issued": day(each["issued"]), "due": day(each["due"])})
            for each in data["invoices"]
        ),
        as_of=day(data["as_of"]),
        contract=data["contract"],
        payments=tuple(
            PartPayment(day(each["received"]), Decimal(each["amount"])) for each in data["payments"]
        ),
        daily_penalty=None if penalty is None else Decimal(penalty),
        account=data["account"],
        currency=data["currency"],
    )
