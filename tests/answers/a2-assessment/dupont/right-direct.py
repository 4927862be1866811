def dupont(net_profit, revenue, total_assets, equity):
    return {
        "net_margin": net_profit / revenue,
        "asset_turnover": revenue / total_assets,
        "equity_multiplier": total_assets / equity if equity > 0 else None,
        "roe": net_profit / equity if equity > 0 else None,
    }
