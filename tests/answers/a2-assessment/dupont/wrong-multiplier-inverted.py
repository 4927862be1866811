def dupont(net_profit, revenue, total_assets, equity):
    margin = net_profit / revenue
    turnover = revenue / total_assets
    if equity <= 0:
        multiplier = roe = None
    else:
        multiplier = equity / total_assets
        roe = margin * turnover * multiplier
    return {
        "net_margin": margin,
        "asset_turnover": turnover,
        "equity_multiplier": multiplier,
        "roe": roe,
    }
