"""Grading that a submission cannot reach into: each step takes data and gives data."""
