"""A log file that says what went wrong and where, and never what anybody typed."""

import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Quiet(logging.Formatter):
    """A formatter that keeps an exception's kind and place, not its text, which may hold a value."""

    def formatException(self, ei: ExcInfo) -> str:
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(ei[2])]
        name = ei[0].__name__ if ei[0] else "no exception"
        return "\n".join(["  at " + place for place in places] + [f"  {name}"])

    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(_without_arguments(record))


def _without_arguments(record: logging.LogRecord) -> logging.LogRecord:
    """The record with its message cut at the first line: values of a failed query follow on later lines."""
    record.message = record.message.splitlines()[0] if record.message else ""
    return record
