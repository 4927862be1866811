def expert_score(scores, weights, vetoes, missing_limit):
    if vetoes:
        return {"score": None, "decision": "veto"}
    total = 0
    used = 0
    for dimension, weight in weights.items():
        score = scores[dimension]
        if score is not None:
            total += weight * score
            used += weight
    if 100 - used > missing_limit:
        return {"score": None, "decision": "insufficient"}
    return {"score": total / used, "decision": "scored"}
