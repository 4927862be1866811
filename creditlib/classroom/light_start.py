"""Imported first by a process that runs nbgrader: most of its start is for what no class needs.

nbgrader imports nbformat, that jsonschema, and that compiles a grammar of international web
addresses wherever one is installed. No notebook is checked against it. And nbgrader imports its
pages in JupyterLab, with the server that shows them.
"""

import sys
from types import ModuleType

sys.modules.setdefault("rfc3987_syntax", None)  # its import fails, which jsonschema expects
for _name in ("assignment_list", "course_list", "formgrader", "validate_assignment"):
    _page = ModuleType(_name)
    _page.load_jupyter_server_extension = None
    sys.modules.setdefault(f"nbgrader.server_extensions.{_name}", _page)
