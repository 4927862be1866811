"""A pytest plugin for `--nbval` over the published notebooks.

myst-nb takes the records that `glue` leaves out of the notebooks it publishes, so a fresh run has
outputs that the published file has not; they are not compared. Everything else is.
"""

import os

GLUE = tuple(f"application/papermill.record/{kind}" for kind in ("text/plain", "text/html"))


def pytest_configure():
    os.environ["CREDITLIB_STATIC"] = "1"  # widgets show their opening state, as in the book


def pytest_collection_modifyitems(items):
    for notebook in {item.parent for item in items if hasattr(item.parent, "skip_compare")}:
        notebook.skip_compare += GLUE
