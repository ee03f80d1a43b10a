"""The desk's thin layer over Django's admin: labels, rows that open, sections as tabs. Everything else is stock."""

from exchange.desk.actions import Action
from exchange.desk.addressed import Addressed
from exchange.desk.known import label_of
from exchange.desk.labels import Desk, DeskForm, Labels, ReadOnly
from exchange.desk.rows import RowFormSet, Rows
from exchange.desk.sections import Section, Sections

__all__ = [
    "Action",
    "Addressed",
    "Desk",
    "DeskForm",
    "Labels",
    "ReadOnly",
    "RowFormSet",
    "Rows",
    "Section",
    "Sections",
    "label_of",
]
