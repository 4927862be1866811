"""`python -m creditlib` is the same as the command `creditlib`."""

import sys

from creditlib.cli import main

if __name__ == "__main__":
    sys.exit(main())
