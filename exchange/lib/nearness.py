"""How far two spellings are apart."""

from collections.abc import Sequence

LETTERS = 60  # of what was typed
NAME = 160


def allowed(typed: str) -> int:
    """How many letters may be wrong, missing, too many or exchanged with their neighbour."""
    if typed.isascii():
        return 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2 if len(typed) < 13 else 3
    return 0 if len(typed) < 3 else 1 if len(typed) < 6 else 2


def may_be_part(typed: str) -> bool:
    """It is long enough to be looked for within longer names."""
    return len(typed) >= (8 if typed.isascii() else 4)


def within(typed: str, name: str) -> int:
    """The number of such faults between what was typed and the piece of the name that is nearest to it."""
    return min(_last_row(typed[:LETTERS], name[:NAME], anywhere=True))


def apart(typed: str, name: str) -> int:
    """The number of such faults between what was typed and the whole name."""
    return _last_row(typed[:LETTERS], name[:NAME], anywhere=False)[-1]


def _last_row(typed: str, name: str, *, anywhere: bool) -> Sequence[int]:
    """For each end of a piece of the name, the faults between it and all that was typed."""
    older: list[int] = []
    old = [0] * (len(name) + 1) if anywhere else list(range(len(name) + 1))
    for row, letter in enumerate(typed, 1):
        new = [row]
        for place, other in enumerate(name, 1):
            least = min(old[place] + 1, new[-1] + 1, old[place - 1] + (letter != other))
            if older and place > 1 and letter == name[place - 2] and other == typed[row - 2]:
                least = min(least, older[place - 2] + 1)
            new.append(least)
        older, old = old, new
    return old
