def dupont(net_profit, revenue, total_assets, equity):
    return {
        "net_margin": net_profit / revenue,
        "asset_turnover": revenue / total_assets,
        "equity_multiplier": total_assets / equity,
        "roe": net_profit / equity,
    }
