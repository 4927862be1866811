def expert_score(scores, weights, vetoes, missing_limit):
    known = [name for name in weights if scores[name] is not None]
    used = sum(weights[name] for name in known)
    if 100 - used > missing_limit:
        return {"score": None, "decision": "insufficient"}
    score = sum(weights[name] * scores[name] for name in known) / used
    return {"score": score, "decision": "scored"}
