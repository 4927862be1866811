"""Dunning letters: draft a notice, review any letter."""

from creditlib.collection.letter_draft import draft
from creditlib.collection.letter_elements import REQUIRED, STAGES
from creditlib.collection.letter_findings import Finding, score, summary
from creditlib.collection.letter_review import review

__all__ = ["REQUIRED", "STAGES", "Finding", "draft", "review", "score", "summary"]
