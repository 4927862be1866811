def expert_score(scores, weights, vetoes, missing_limit):
    if vetoes:
        return {"score": None, "decision": "veto"}
    missing = sum(weights[name] for name in weights if scores[name] is None)
    if missing > missing_limit:
        return {"score": None, "decision": "insufficient"}
    score = sum(weights[name] * (scores[name] or 0) for name in weights) / 100
    return {"score": score, "decision": "scored"}
