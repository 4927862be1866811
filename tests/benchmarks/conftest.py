"""Benchmarks are scripts, run by hand: pytest leaves them alone, and what they need uninstalled."""

collect_ignore_glob = ["*.py"]
