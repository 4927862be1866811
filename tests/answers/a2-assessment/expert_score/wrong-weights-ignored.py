def expert_score(scores, weights, vetoes, missing_limit):
    if vetoes:
        return {"score": None, "decision": "veto"}
    missing = sum(weights[name] for name in weights if scores[name] is None)
    if missing > missing_limit:
        return {"score": None, "decision": "insufficient"}
    known = [score for score in scores.values() if score is not None]
    return {"score": sum(known) / len(known), "decision": "scored"}
