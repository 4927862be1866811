"""Steps of nbgrader's that the course does otherwise; each class's `nbgrader_config.py` names them.

So formgrader's buttons and nbgrader's own commands do the same as `creditlib class`.
"""

import re

from nbgrader import utils
from nbgrader.preprocessors import ClearSolutions, GetGrades
from traitlets import Unicode

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


class MarksSoFar(GetGrades):
    """Gives the feedback page its marks; an answer that waits for marking counts as neither.

    nbgrader's own counts such an answer as 0 and does not say that it waits.
    """

    note = Unicode(help="What a page says of an answer that is not marked yet").tag(config=True)

    def preprocess(self, nb, resources):
        """Return the notebook with its marks, and the sums over what is marked."""
        self.waiting = 0.0
        nb, resources = super().preprocess(nb, resources)
        resources["nbgrader"]["max_score"] -= self.waiting
        return nb, resources

    def preprocess_cell(self, cell, resources, cell_index):
        """Return the cell with its mark and its comment."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if utils.is_grade(cell) and utils.is_solution(cell):
            about = cell.metadata.nbgrader
            grade = self.gradebook.find_grade(
                about["grade_id"], self.notebook_id, self.assignment_id, self.student_id
            )
            if grade.auto_score is None and grade.manual_score is None:
                self.waiting += grade.max_score
                about["comment"] = "\n\n".join(filter(None, [self.note, about["comment"]]))
        return cell, resources
