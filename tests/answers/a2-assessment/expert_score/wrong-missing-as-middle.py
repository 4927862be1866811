def expert_score(scores, weights, vetoes, missing_limit):
    if vetoes:
        return {"score": None, "decision": "veto"}
    missing = sum(weights[name] for name in weights if scores[name] is None)
    if missing > missing_limit:
        return {"score": None, "decision": "insufficient"}
    filled = {name: 3 if score is None else score for name, score in scores.items()}
    score = sum(weights[name] * filled[name] for name in weights) / 100
    return {"score": score, "decision": "scored"}
