"""What names of organisations and places are made of, and how far two of them may be the name of the same one."""

from exchange.lib.naming.likeness import are_misheard, are_mistyped, is_slip, letters
from exchange.lib.naming.shapes import Shape, host_of, readings, shape, sound_of, spoken
from exchange.lib.naming.words import canonical, is_known, pairs

__all__ = [
    "Shape",
    "are_misheard",
    "are_mistyped",
    "canonical",
    "host_of",
    "is_known",
    "is_slip",
    "letters",
    "pairs",
    "readings",
    "shape",
    "sound_of",
    "spoken",
]
