import pandas as pd


def agreement(first, second):
    if len(set(first) | set(second)) == 1:
        return None
    table = pd.crosstab(pd.Series(first), pd.Series(second), normalize=True)
    grades = sorted(set(first) | set(second))
    table = table.reindex(index=grades, columns=grades, fill_value=0)
    po = sum(table.loc[grade, grade] for grade in grades)
    pe = (table.sum(axis=0) * table.sum(axis=1)).sum()
    return float(1 - (1 - po) / (1 - pe))
