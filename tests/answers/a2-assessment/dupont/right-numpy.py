import numpy as np


def dupont(net_profit, revenue, total_assets, equity):
    owners = equity if equity > 0 else np.nan
    chain = np.array([net_profit, revenue, total_assets]) / np.array(
        [revenue, total_assets, owners]
    )
    names = ["net_margin", "asset_turnover", "equity_multiplier"]
    return dict(zip(names, chain.tolist(), strict=True)) | {"roe": float(chain.prod())}
