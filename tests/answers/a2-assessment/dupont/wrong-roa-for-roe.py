def dupont(net_profit, revenue, total_assets, equity):
    margin = net_profit / revenue
    turnover = revenue / total_assets
    return {
        "net_margin": margin,
        "asset_turnover": turnover,
        "equity_multiplier": total_assets / equity if equity > 0 else None,
        "roe": margin * turnover if equity > 0 else None,
    }
