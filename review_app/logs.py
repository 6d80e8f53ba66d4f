"""Logging: how lines look, what each carries, and what is never written.

Lines go to stderr, so that a command's output stays clean. Other libraries' lines take the same shape.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

from review_app.settings import Settings

SECRET_WORDS = ("password", "token", "secret", "cookie", "authorization", "api_key")
"""A value whose name holds one of these is replaced before anything is written."""

HIDDEN = "[hidden]"


class StderrHandler(logging.StreamHandler[TextIO]):
    """Writes to whatever stderr is at that moment, not to the one there was when logging was set up."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        """The stream lines go to."""
        return sys.stderr

    @stream.setter
    def stream(self, value: TextIO) -> None:
        raise AttributeError("this handler always writes to stderr")


def hide_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace values that must not be written."""
    for name in event:
        if any(word in name.lower() for word in SECRET_WORDS):
            event[name] = HIDDEN
    return event


def configure(settings: Settings) -> None:
    """Set logging up for this process; doing it again replaces what was set up before."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_json
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    after = [structlog.processors.format_exc_info, renderer] if settings.log_json else [renderer]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = StderrHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *after],
        )
    )
    logger = logging.getLogger()
    for old in [each for each in logger.handlers if isinstance(each, StderrHandler)]:
        logger.removeHandler(old)
    logger.addHandler(handler)
    logger.setLevel(settings.log_level)
    logging.getLogger("urllib3").setLevel(logging.INFO)  # below, it writes addresses, which may hold texts
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of each look at the schema
