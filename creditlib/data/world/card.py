"""The data card: what the files hold, and the generated figures beside published ones."""

from pathlib import Path

import numpy as np
import pandas as pd

from creditlib.data.world import planted
from creditlib.data.world.assemble import World
from creditlib.data.world.card_ledger import ledger_figures
from creditlib.data.world.dates import YEARS, month_of
from creditlib.data.world.schema import FILES

BANDS = 5


def card(world: World, contents: dict[str, bytes]) -> bytes:
    """Return the data card, Chinese first, then English, every figure of it computed."""
    figures = _figures(world) | _sizes(world, contents)
    editions = [
        (Path(__file__).parent / f"card_{lang}.md")
        .read_text(encoding="utf-8")
        .format(**figures, files=_files(world, contents, lang), columns=_columns(lang))
        for lang in ("zh", "en")
    ]
    return "\n".join(editions).encode()


def _sizes(world: World, contents: dict[str, bytes]) -> dict[str, str]:
    size = sum(map(len, contents.values()))
    doubles = len(planted.DUPLICATES)
    return {"megabytes": f"{size / 1e6:.1f}", "customers": len(world.hidden.since) - doubles}


def _files(world: World, contents: dict[str, bytes], lang: str) -> str:
    return "\n".join(
        f"| `{file.name}.csv` | {getattr(file, lang)} | {len(world.tables[file.name]):,} "
        f"| {len(contents[f'{file.name}.csv']) / 1000:,.0f} |"
        for file in FILES
    )


def _columns(lang: str) -> str:
    heads = {"zh": "| 列 | 类型 | 单位 | 含义 |", "en": "| column | type | unit | meaning |"}
    blocks = []
    for file in FILES:
        rows = [
            f"| `{column.name}` | {column.type} | {column.unit} | {getattr(column, lang)} |"
            for column in file.columns
        ]
        blocks.append("\n".join([f"#### {file.name}", "", heads[lang], "|---|---|---|---|", *rows]))
    return "\n\n".join(blocks)


def _figures(world: World) -> dict[str, str]:
    return ledger_figures(world.tables) | _defaults(world) | _accounts(world) | _coherence(world)


def _defaults(world: World) -> dict[str, str]:
    outcomes = world.tables["outcomes"]
    reviews = outcomes.groupby("as_of")["default_12m"].agg(["size", "sum", "mean"])
    rows = [
        f"| {day} | {line['size']:.0f} | {line['sum']:.0f} | {line['mean']:.1%} |"
        for day, line in reviews.iterrows()
    ]
    bands = outcomes["default_12m"].groupby(_bands(world)).mean()
    return {
        "reviews": "\n".join(rows),
        "default_rate": f"{outcomes['default_12m'].mean():.1%}",
        "bands": " | ".join(f"{rate:.1%}" for rate in bands),
    }


def _quality(world: World) -> pd.Series:
    """Hidden quality on the day of each review."""
    outcomes = world.tables["outcomes"]
    rows = outcomes["customer_id"].map(planted.position).to_numpy()
    months = outcomes["as_of"].map(month_of).to_numpy()
    return pd.Series(world.hidden.quality[rows, months])


def _bands(world: World) -> pd.Series:
    return pd.qcut(-_quality(world), BANDS, labels=False)


def _accounts(world: World) -> dict[str, str]:
    accounts = world.tables["statements"]
    expected = len(YEARS) * (len(world.hidden.since) - len(planted.DUPLICATES))
    return {
        "absent": f"{1 - len(accounts) / expected:.1%}",
        "losses": f"{(accounts['net_profit'] < 0).mean():.1%}",
        "negative_equity": f"{(accounts['total_equity'] < 0).sum()}",
        "debt": f"{(accounts['total_liabilities'] / accounts['total_assets']).median():.0%}",
    }


def _coherence(world: World) -> dict[str, str]:
    """Rank correlation of hidden quality with what can be seen of it."""
    outcomes = world.tables["outcomes"]
    quality = _quality(world).set_axis(pd.MultiIndex.from_frame(outcomes[["customer_id", "as_of"]]))
    references = world.tables["trade_references"].groupby(["customer_id", "as_of"])
    reviews = world.tables["expert_reviews"].query("dimension == 'operating_ability'")
    accounts = world.tables["statements"]
    ratios = pd.DataFrame(
        {
            "customer_id": accounts["customer_id"],
            "statement_year": accounts["year"],
            "margin": 1 - accounts["cost_of_sales"] / accounts["revenue"],
            "debt": accounts["total_liabilities"] / accounts["total_assets"],
        }
    )
    seen = outcomes.merge(ratios, how="left").set_index(["customer_id", "as_of"])
    seen["references"] = references["days_beyond_terms"].mean()
    seen["experts"] = reviews.groupby(["customer_id", "as_of"])["score"].mean()
    return {
        f"rank_{name}": f"{_rank_correlation(quality, seen[column]):+.2f}"
        for name, column in (
            ("margin", "margin"),
            ("debt", "debt"),
            ("late", "average_days_late_6m"),
            ("references", "references"),
            ("experts", "experts"),
            ("default", "default_12m"),
        )
    }


def _rank_correlation(one: pd.Series, other: pd.Series) -> float:
    known = other.notna()
    ranks = [series[known].astype(float).rank().to_numpy() for series in (one, other)]
    return float(np.corrcoef(*ranks)[0, 1])
