def dupont(net_profit, revenue, total_assets, equity):
    multiplier = total_assets / equity if equity > 0 else 0
    margin = net_profit / revenue
    turnover = revenue / total_assets
    return {
        "net_margin": margin,
        "asset_turnover": turnover,
        "equity_multiplier": multiplier,
        "roe": margin * turnover * multiplier,
    }
