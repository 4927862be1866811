"""Steps of nbgrader's that the course does otherwise; each class's `nbgrader_config.py` names them.

So formgrader's buttons and nbgrader's own commands do the same as `creditlib class`.
"""

import re

from nbgrader import utils
from nbgrader.preprocessors import ClearSolutions

FORM = "form"
ENTRY = re.compile(r"""^(\s*(?P<quote>["'])[^"']+(?P=quote)\s*:\s*)[^,#]+(,?)""")


class ClearAnswers(ClearSolutions):
    """Clears the answers; a cell with the tag `form` keeps its entries, each with the value None.

    A trainee who is to fill in a table gets that table, not a blank cell.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        """Return the cell without its answer."""
        if FORM in cell.metadata.get("tags", ()) and utils.is_solution(cell):
            cell.source = blank_form(cell.source)
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)


def blank_form(source: str) -> str:
    """Return a dictionary, written an entry a line, with None for each value.

    >>> print(blank_form('levels = {\\n    "terms": 3,  # credit terms\\n}'))
    levels = {
        "terms": None,  # credit terms
    }
    """
    return "\n".join(ENTRY.sub(r"\1None\3", line) for line in source.split("\n"))
