"""Widgets and quizzes: controls declared as data, one pure function that draws."""
