def expert_score(scores, weights, vetoes, missing_limit):
    if vetoes:
        return {"score": None, "decision": "veto"}
    known = [name for name in weights if scores[name] is not None]
    used = sum(weights[name] for name in known)
    score = sum(weights[name] * scores[name] for name in known) / used
    return {"score": score, "decision": "scored"}
