def expert_score(scores, weights, vetoes, missing_limit):
    present = {name: weights[name] for name, score in scores.items() if score is not None}
    weight = sum(present.values())
    if len(vetoes) > 0:
        decision = "veto"
    elif sum(weights.values()) - weight > missing_limit:
        decision = "insufficient"
    else:
        decision = "scored"
    score = None
    if decision == "scored":
        score = sum(scores[name] * share / weight for name, share in present.items())
    return {"decision": decision, "score": score}
