"""Lists of records as sheets to be worked on elsewhere. What stands in which column is said where the records are."""

from exchange.transfer.columns import Column, Sheet, choice, field, fields, many, yes_or_no
from exchange.transfer.exporting import Exporting

__all__ = ["Column", "Exporting", "Sheet", "choice", "field", "fields", "many", "yes_or_no"]
