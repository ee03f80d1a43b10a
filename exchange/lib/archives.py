"""Several files in one, made while it is sent: never more than a piece of it is in memory."""

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator


class _Outgoing:
    """A file that is only written to, and gives away what was written so far."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def zipped(files: Iterable[tuple[str, Iterable[str]]], at: dt.datetime) -> Iterator[bytes]:
    """The files, each a name and its text in pieces, as a ZIP archive in pieces; all of them are of that time."""
    outgoing = _Outgoing()
    with zipfile.ZipFile(outgoing, "w") as archive:  # type: ignore[call-overload]
        for name, pieces in files:
            member = zipfile.ZipInfo(name, at.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(member, "w") as file:
                for piece in pieces:
                    file.write(piece.encode())
                    if outgoing.pieces:
                        yield outgoing.taken()
    yield outgoing.taken()
