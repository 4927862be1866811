"""How nbgrader writes a trainee's feedback; each class's `nbgrader_config.py` names it.

So `creditlib class feedback`, formgrader's buttons and `nbgrader generate_feedback` write the same.
"""

import json
from datetime import date
from pathlib import Path

from nbconvert.exporters import Exporter
from nbgrader.api import Gradebook
from traitlets import Unicode, default

from creditlib.classroom.feedback import Mark, feedback_of
from creditlib.classroom.feedback_page import page
from creditlib.classroom.feedback_reading import where_to_read
from creditlib.classroom.notebooks import read_notebook
from creditlib.classroom.pages import ROOT
from creditlib.i18n import language


class FeedbackExporter(Exporter):
    """Makes one HTML page, which needs no other file, of a graded notebook and its marks."""

    book = Unicode(
        help="Where trainees read the book, such as https://…/book: pages to read again are links"
        " into it. Empty: pages are named."
    ).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self):
        return ".html"

    def from_notebook_node(self, nb, resources=None, **kw):
        """Return the page of a notebook, and nbconvert's resources."""
        resources = self._init_resources(resources)
        about, folder = resources["nbgrader"], Path(self.parent.coursedir.root)
        name, assignment, trainee = about["notebook"], about["assignment"], about["student"]
        lang = _language(folder)
        marks, comments, penalty = marks_of(about["db_url"], name, assignment, trainee)
        source = folder / "source" / assignment / f"{name}.ipynb"
        source = read_notebook(source) if source.exists() else {"cells": []}
        found = feedback_of(nb, source, marks, comments, lang)
        graded = Path(resources["metadata"]["path"], f"{resources['metadata']['name']}.ipynb")
        values = {
            "trainee": trainee,
            "assignment": assignment,
            "graded_on": date.fromtimestamp(graded.stat().st_mtime).isoformat(),
            "penalty": penalty,
            "places": where_to_read(ROOT, assignment, lang, self.book),
        }
        return page(found, lang, **values), resources


def marks_of(
    db_url: str, notebook: str, assignment: str, trainee: str
) -> tuple[dict[str, Mark], dict[str, str], float]:
    """Return what the gradebook holds: marks per cell, an instructor's comments, the penalty."""
    with Gradebook(db_url) as gradebook:
        entry = gradebook.find_submission_notebook(notebook, assignment, trainee)
        marks = {
            grade.name: Mark(
                None if grade.auto_score is None and grade.manual_score is None else grade.score,
                grade.max_score,
                bool(grade.needs_manual_grade),
                grade.manual_score is not None,
            )
            for grade in entry.grades
        }
        # What nbgrader says by itself ("No response.") the page says in its own words.
        comments = {one.name: one.manual_comment for one in entry.comments if one.manual_comment}
        return marks, comments, entry.late_submission_penalty or 0.0


def _language(folder: Path) -> str:
    try:
        return json.loads((folder / "class.json").read_text(encoding="utf-8"))["language"]
    except (OSError, ValueError, LookupError):
        return language()
