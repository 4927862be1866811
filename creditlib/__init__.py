"""Customer credit management: the library under the course.

Importing it is light: no numpy, no pandas. Each room is imported by name, for instance
`from creditlib.assessment import distress`.
"""

from creditlib.i18n import language, use_language

__all__ = ["language", "use_language"]
__version__ = "0.1.0"
