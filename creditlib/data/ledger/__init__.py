"""A company's own receivables ledger: reads what ERP systems export, checks it, explains it."""

from creditlib.data.ledger.ledger import Ledger
from creditlib.data.ledger.reading import read

__all__ = ["Ledger", "read"]
