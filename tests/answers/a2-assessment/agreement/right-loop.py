def agreement(first, second):
    same = 0
    for number in range(len(first)):
        if first[number] == second[number]:
            same += 1
    by_chance = 0
    for grade in set(first + second):
        by_chance += first.count(grade) * second.count(grade) / len(first)
    if by_chance == len(first):
        return None
    return (same - by_chance) / (len(first) - by_chance)
