"""How a record stood, with all its rows, after every save: to be read, compared, restored and recovered.

A version is one document. ``register`` says which rows belong to a record, ``keep`` writes a version in the act's own
transaction, ``compare`` puts two documents into words, ``restore`` makes the record and its rows what a document says.
"""

from exchange.versions.comparing import Change, Part, compare
from exchange.versions.keeping import deleted, keep, keep_first, of
from exchange.versions.restoring import Irretrievable, restore
from exchange.versions.trees import fingerprint, is_kept, register, snapshot, tree_of

__all__ = [
    "Change",
    "Irretrievable",
    "Part",
    "compare",
    "deleted",
    "fingerprint",
    "is_kept",
    "keep",
    "keep_first",
    "of",
    "register",
    "restore",
    "snapshot",
    "tree_of",
]
