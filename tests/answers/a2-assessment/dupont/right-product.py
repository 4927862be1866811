def dupont(net_profit, revenue, total_assets, equity):
    margin = net_profit / revenue
    turnover = revenue / total_assets
    result = {"net_margin": margin, "asset_turnover": turnover}
    if equity <= 0:
        result["equity_multiplier"] = result["roe"] = None
        return result
    multiplier = total_assets / equity
    result["equity_multiplier"] = multiplier
    result["roe"] = margin * turnover * multiplier
    return result
