import pandas as pd


def auc(defaulted, scores):
    table = pd.DataFrame({"bad": defaulted, "score": scores})
    table["rank"] = table["score"].rank()
    bads = table["bad"].sum()
    goods = len(table) - bads
    if goods * bads == 0:
        return None
    of_goods = table.loc[table["bad"] == 0, "rank"].sum()
    return float((of_goods - goods * (goods + 1) / 2) / (goods * bads))
