import pandas as pd


def expert_score(scores, weights, vetoes, missing_limit):
    sheet = pd.DataFrame({"score": pd.Series(scores, dtype=float), "weight": pd.Series(weights)})
    missing = sheet.loc[sheet["score"].isna(), "weight"].sum()
    if vetoes:
        return {"score": None, "decision": "veto"}
    if missing > missing_limit:
        return {"score": None, "decision": "insufficient"}
    sheet = sheet.dropna()
    score = (sheet["score"] * sheet["weight"]).sum() / sheet["weight"].sum()
    return {"score": float(score), "decision": "scored"}
