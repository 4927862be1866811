"""What holding orders saves and what it gives up: the two ends that a ledger can tell."""

from dataclasses import dataclass

from creditlib.basics.amounts import check_amounts, check_margin, check_shares
from creditlib.errors import Undefined


@dataclass(frozen=True)
class HoldGain:
    """Goods `saved`, at cost, and margin `given_up`, in the currency of what was held.

    `margin_at_stake` is what would be given up if every order that would have been paid were lost.
    """

    saved: float
    given_up: float
    margin_at_stake: float

    @property
    def may_lose(self) -> float:
        """Which share of the good orders may be lost before the hold costs more than it saves.

        Above 1 it pays even if all are lost. `Undefined` if no margin is at stake.
        """
        if self.margin_at_stake <= 0:
            raise Undefined("order_hold.nothing_at_stake", margin=self.margin_at_stake)
        return self.saved / self.margin_at_stake


def hold_gain(unpaid: float, paid: float, margin: float, lost: float = 1.0) -> HoldGain:
    """Return what holding orders saves and gives up, by what would have become of them.

    Of the orders held, `unpaid` would never have been paid: their cost, (1 − `margin`) × `unpaid`,
    is saved. `paid` would have been: if the share `lost` of it goes elsewhere for good,
    `margin` × `lost` × `paid` is given up; the rest is delivered once the old debt is settled. Both
    as amounts without VAT, or as shares of what is held; `margin` is the contribution margin.
    Costs of holding and what the old debt brings in sooner are not in it.

    >>> gain = hold_gain(160_000, 840_000, 0.18, lost=0.5)
    >>> round(gain.saved), round(gain.given_up), round(gain.may_lose, 3)
    (131200, 75600, 0.868)
    """
    check_amounts(unpaid=unpaid, paid=paid)
    check_margin(margin)
    check_shares(lost=lost)
    at_stake = margin * paid
    return HoldGain((1 - margin) * unpaid, lost * at_stake, at_stake)
