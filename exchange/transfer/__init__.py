"""Lists of records as sheets to be worked on elsewhere. What stands in which column is said where the records are."""

from exchange.transfer.applying import save_records
from exchange.transfer.columns import Column, Intake, Sheet, choice, field, fields, many
from exchange.transfer.exporting import Exporting
from exchange.transfer.importing import Importing
from exchange.transfer.reading import Names

__all__ = [
    "Column",
    "Exporting",
    "Importing",
    "Intake",
    "Names",
    "Sheet",
    "choice",
    "field",
    "fields",
    "many",
    "save_records",
]
