"""Imported first by a process that runs nbgrader: half of its start is for what no class needs.

nbgrader imports nbformat, that jsonschema, and that compiles a grammar of international web
addresses wherever one is installed. No notebook is checked against it.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # its import fails, which jsonschema expects
