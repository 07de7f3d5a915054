"""One JSON line per event, with the correlation that follows a matter from HTTP through Kafka to the mail."""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|[\w.+-]{1,64}@[\w-]+\.[\w.]+|(?<!\d)\d{17}[\dXx](?!\w)")
"""Chinese mobile numbers, e-mail addresses, identity card numbers."""


def redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The last net under the rule that no log line names a person: strikes out what looks like a contact."""
    return {
        key: _PERSONAL.sub("▇", value) if isinstance(value, str) else value for key, value in event.items()
    }


def where_it_failed(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """An exception's type and the lines it came through, without its message.

    Messages quote what they choke on: a unique violation names the e-mail address, a parser the sentence.
    """
    error = _exception(event.pop("exc_info", None))
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__qualname__
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _exception(given: object) -> BaseException | None:
    """structlog hands on True or the exception, the standard library a triple."""
    match given:
        case BaseException() as error:
            return error
        case (_, BaseException() as error, _):
            return error
        case True:
            return sys.exception()
    return None


def configure(*, service: str, process: str) -> None:
    """Sends our log lines and those of the libraries through one formatter to stdout."""
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where_it_failed,
    ]
    structlog.configure(
        processors=[*common, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_library_logging(common, service=service, process=process))


def _library_logging(common: list[Processor], *, service: str, process: str) -> dict[str, Any]:
    def named(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {"service": service, "process": process, **event}

    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": common,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    named,
                    redact,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {
            "stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
        },
        "root": {"handlers": ["stdout"], "level": "INFO"},
        "loggers": {
            "aiokafka": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
            "uvicorn": {"handlers": [], "level": "INFO", "propagate": True},
            "uvicorn.access": {"handlers": [], "level": "WARNING", "propagate": False},
        },
    }
