"""Log lines: one record, one line, no control characters, no values from people's forms."""

import logging
import re
import traceback
from types import TracebackType

CONTROL = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
CONTROL |= {0x2028: "\\u2028", 0x2029: "\\u2029"}
LONGEST_MESSAGE = 200
TOKEN = re.compile(r"(/review/)[\w-]+")  # whoever has such an address may open it: it stands in no log

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class OneLine(logging.Formatter):
    """Time, level, logger, message; an exception follows on the same line as places, then its type and first line."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler's formatter may have left its own text here
        line = super().format(record)
        record.exc_text = None
        return TOKEN.sub(r"\1…", line.translate(CONTROL))

    def formatException(self, ei: ExceptionInfo) -> str:
        """The chain of exceptions. Databases put the offending values on a message's later lines: these are cut."""
        parts = []
        error = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            places = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
            message = (str(error).splitlines() or [""])[0][:LONGEST_MESSAGE]
            parts.append(f"{type(error).__name__}: {message} [{places}]")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return " | after | ".join(parts)
