"""How the site logs: one JSON line each in production, plain lines in the example.

A line carries ids, never people: no e-mail address, name, number, token or text that somebody
typed. Our own lines are written so. What a library says is kept as its wording without the values
that were put into it, and a fault as the kinds of exception and the places in the code, never as
its message: databases quote the row, parsers the input. ``scrubbed`` is the net below that.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from regai.paths import masked_path

OURS = (
    "regai",
    "reports",
    "cohorts",
    "voting",
    "deminimis",
    "companies",
    "outbox",
    "accounts",
    "ground",
)
# They speak of connections and processes, never of people; without the values nobody is helped.
SPEAK_OF_MACHINES = ("celery.worker", "celery.beat", "celery.apps", "kombu", "py.warnings")
TASK_RUNS = "celery.app.trace"
MOST_PLACES = 12
HIDDEN = "…"
SECRETS = (
    re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),  # an e-mail address
    re.compile(r"\b\d{1,10}\.\d+\.\d+\.[\w-]{20,}"),  # the token of a link
    re.compile(r"\b(\d{2})?\d{6}[-+ ]?\d{4}\b"),  # an organisation or personal identity number
    re.compile(r"(?<=://)[^/\s@]+@"),  # the password of a URL
)


class OnlyFaults(logging.Filter):
    """Lets a line through only if something was raised."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info)


def configuration(*, as_json: bool, level: str) -> dict[str, Any]:
    """Return Django's LOGGING and set structlog up to go through it.

    Our own lines are written from ``level`` on, those of libraries from WARNING on.
    """
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    as_lines = [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        fault_without_message,
        without_record,
        scrubbed,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=repr_of_kind),
    ]
    as_text = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, plain_line]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "use_get_message": not as_json,
                "pass_foreign_args": as_json,
                "foreign_pre_chain": [*shared, *([without_values] if as_json else [])],
                "processors": as_lines if as_json else as_text,
            }
        },
        "filters": {"faults": {"()": OnlyFaults}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            # Django's own handlers would write and mail what must not be written.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # Every request has a line of its own; here only what broke.
            "django.request": {"level": "ERROR", "filters": ["faults"]},
            # A queue of files has no host, and says so at each start.
            "kombu.connection": {"level": "ERROR"},
            **{name: {"level": level if as_json else "WARNING"} for name in OURS},
        },
    }


def without_values(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Reduce what a library said to its wording, and to what a request or a task is known by."""
    record: logging.LogRecord = event["_record"]
    values = event.pop("positional_args", None)
    if (request := getattr(record, "request", None)) is not None:
        event["event"] = record.name
        event["path"] = masked_path(request)
        event["status"] = getattr(record, "status_code", None)
    elif record.name == TASK_RUNS:
        told = getattr(record, "data", {})
        event["event"] = "task_failed" if record.levelno >= logging.ERROR else "task_ended"
        event["task"], event["task_id"] = told.get("name"), told.get("id")
    elif values and record.name.startswith((*OURS, *SPEAK_OF_MACHINES)):
        event["event"] = str(event["event"]) % values
    return event


def fault_without_message(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its kinds, from the outermost in, and where it went by."""
    told = event.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    elif isinstance(told, BaseException):
        told = (type(told), told, told.__traceback__)
    if told and told[1] is not None:
        event["fault"] = " < ".join(_kinds(told[1]))
        event["where"] = list(_places(told[2]))[-MOST_PLACES:]
    event.pop("stack_info", None)
    return event


def without_record(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop what only the formatter needed."""
    return {name: value for name, value in event.items() if not name.startswith("_")}


def scrubbed(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Hide what looks like an address, a token or a number in any text of the line."""
    return {name: _scrubbed(value) for name, value in event.items()}


def plain_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """Return a line for a developer at the example: nobody in it is real."""
    known = {"event", "level", "logger", "exc_info", "stack_info"}
    rest = "".join(f" {name}={value}" for name, value in event.items() if name not in known)
    text = f"{str(event.get('level', '')).upper()} {event.get('logger')}: {event['event']}{rest}"
    told = event.get("exc_info")
    if isinstance(told, tuple) and told[1] is not None:
        text += "\n" + "".join(traceback.format_exception(*told)).rstrip()
    return text


def repr_of_kind(value: object) -> str:
    """Return the kind of a value that has no place in a line, never the value."""
    return f"<{type(value).__name__}>"


def _kinds(fault: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        constraint = getattr(getattr(fault, "diag", None), "constraint_name", None)
        yield type(fault).__name__ + (f"({constraint})" if constraint else "")
        fault = fault.__cause__ or fault.__context__


def _places(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(trace):
        yield f"{frame.f_globals.get('__name__')}:{line} {frame.f_code.co_name}"


def _scrubbed(value: Any) -> Any:
    if isinstance(value, list):
        return [_scrubbed(one) for one in value]
    if isinstance(value, str):
        for secret in SECRETS:
            value = secret.sub(HIDDEN, value)
    return value
