"""What the scorecard explorer shows: fine groups of customers, cut into bins, with their points."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from creditlib.assessment.scorecard import (
    ENOUGH_BADS,
    information_value,
    iv_band,
    points_scale,
    weight_of_evidence,
)
from creditlib.errors import InputError
from creditlib.i18n import text
from creditlib.plots import COLOURS
from creditlib.widgets.look import chart, notice, signed, table
from creditlib.widgets.svg import columns

# The smallest bin that the course's scorecard makes; a test holds it to that.
SMALLEST_SHARE = 0.05

# An invented portfolio: 20 groups of 200 customers by each characteristic, the cuts between them
# and the bad ones in each. The current ratio turns round at its top; years as customer tell little.
_GROUP = 200
_EXAMPLE = {
    "days_late": (
        (-2, 0, 1, 2, 3, 4, 6, 7, 9, 11, 13, 15, 18, 21, 25, 30, 36, 45, 60),
        (8, 9, 8, 10, 11, 10, 12, 13, 13, 15, 16, 17, 18, 20, 22, 24, 27, 29, 32, 36),
    ),
    "current_ratio": (
        (
            *(0.42, 0.55, 0.66, 0.75, 0.83, 0.9, 0.97, 1.04, 1.11, 1.18),
            *(1.26, 1.34, 1.43, 1.54, 1.67, 1.83, 2.05, 2.4, 3.1),
        ),
        (42, 35, 30, 26, 23, 19, 17, 15, 13, 12, 11, 10, 9, 9, 10, 10, 11, 12, 15, 21),
    ),
    "years_as_customer": (
        (0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 11, 13, 15, 18),
        (24, 23, 21, 22, 20, 19, 20, 18, 19, 17, 18, 16, 17, 16, 15, 14, 14, 13, 13, 11),
    ),
}


def example_bins() -> dict[str, dict[str, Sequence[float]]]:
    """Return the invented portfolio, named in the language in use."""
    return {
        text(f"widgets.scorecard_explorer.{name}"): {
            "cuts": cuts,
            "goods": [_GROUP - bad for bad in bads],
            "bads": bads,
        }
        for name, (cuts, bads) in _EXAMPLE.items()
    }


def scorecard_evidence(
    fine: Mapping[str, Sequence[float]],
    shares: Sequence[float],
    add_half: bool,
    pdo: float,
    odds: float,
    points: float,
) -> str:
    """Return what three cuts make of one characteristic, as HTML; two cuts in one place are one.

    `fine` holds `cuts`, `goods` and `bads`; each of `shares` is the share of customers below a cut,
    which falls on the nearest bound between two fine groups.
    """
    ends = _ends(fine, shares)
    labels, goods, bads = _merged(fine, ends)
    woes = weight_of_evidence(goods, bads, add_half)
    scale = points_scale(pdo=pdo, odds=odds, points=points)
    return (
        f'<div class="charts">{_fine_chart(fine, ends)}{_woe_chart(labels, woes)}</div>'
        + _bin_table(labels, goods, bads, woes, scale)
        + _verdict(labels, goods, bads, woes, information_value(goods, bads, add_half))
    )


def _ends(fine, shares) -> list[int]:
    """Return the number of fine groups up to the end of each bin."""
    counts = [good + bad for good, bad in zip(fine["goods"], fine["bads"], strict=True)]
    if len(counts) != len(fine["cuts"]) + 1:
        raise InputError("widgets.fine_groups", cuts=len(fine["cuts"]), groups=len(counts))
    below = list(accumulate(counts))
    bounds = range(1, len(counts))
    nearest = {
        min(bounds, key=lambda end, share=share: abs(below[end - 1] - share * below[-1]))
        for share in shares
    }
    return [*sorted(nearest), len(counts)]


def _merged(fine, ends) -> tuple[list[str], list[float], list[float]]:
    spans = list(pairwise([0, *ends]))
    goods, bads = ([sum(fine[kind][a:b]) for a, b in spans] for kind in ("goods", "bads"))
    cuts = [f"{fine['cuts'][end - 1]:g}" for end in ends[:-1]]
    between = [f"{low} – {high}" for low, high in pairwise(cuts)]
    return [f"≤ {cuts[0]}", *between, f"> {cuts[-1]}"], goods, bads


def _fine_chart(fine, ends) -> str:
    rates = [
        bad / (good + bad) if good + bad else 0
        for good, bad in zip(fine["goods"], fine["bads"], strict=True)
    ]
    colours = [
        COLOURS["good" if sum(at >= end for end in ends) % 2 == 0 else "sixth"]
        for at in range(len(rates))
    ]
    title = text("widgets.scorecard_explorer.fine_title")
    drawing = columns(title, [""] * len(rates), rates, colours, "{:.0%}".format, False)
    return chart(title, drawing)


def _woe_chart(labels, woes) -> str:
    title = text("widgets.scorecard_explorer.woe_title")
    colours = [COLOURS["good" if woe > 0 else "bad"] for woe in woes]
    return chart(title, columns(title, labels, woes, colours, signed))


def _bin_table(labels, goods, bads, woes, scale) -> str:
    names = ("bin", "share", "bads", "bad_rate", "woe", "score")
    headings = [text(f"widgets.scorecard_explorer.{name}") for name in names]
    everyone = sum(goods) + sum(bads)
    rows = [
        (
            label,
            f"{(good + bad) / everyone:.0%}",
            f"{bad:,.0f}",
            f"{bad / (good + bad):.1%}",
            signed(woe),
            f"{scale.score(good / bad):.0f}" if good and bad else "–",
        )
        for label, good, bad, woe in zip(labels, goods, bads, woes, strict=True)
    ]
    return table(headings, rows)


def _verdict(labels, goods, bads, woes, value) -> str:
    key, band = "widgets.scorecard_explorer.", iv_band(value)
    counts = [good + bad for good, bad in zip(goods, bads, strict=True)]
    doubts = [
        text(key + "small", bin=label, share=count / sum(counts), least=SMALLEST_SHARE)
        for label, count in zip(labels, counts, strict=True)
        if count < SMALLEST_SHARE * sum(counts)
    ]
    doubts += [
        text(key + "few_bads", bin=label, bads=bad, least=ENOUGH_BADS)
        for label, bad in zip(labels, bads, strict=True)
        if bad < ENOUGH_BADS
    ]
    if woes not in (sorted(woes), sorted(woes, reverse=True)):
        doubts.append(text(key + "not_monotone"))
    if band == "suspicious":
        doubts.append(text(key + "suspicious"))
    strength = text(key + "iv", value=value, band=text(f"scorecard.band.{band}"))
    sound = [] if doubts else [notice(text(key + "sound"), "good")]
    return "".join([notice(strength, "quiet"), *[notice(doubt, "bad") for doubt in doubts], *sound])
