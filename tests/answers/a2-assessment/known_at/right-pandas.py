import pandas as pd


def known_at(fields, as_of):
    if not fields:
        return []
    table = pd.DataFrame(fields)
    known = pd.to_datetime(table["known_on"])
    return table.loc[known <= pd.Timestamp(as_of), "name"].tolist()
