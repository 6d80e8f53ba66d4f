"""What a check finds in a pair of texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How bad a finding is."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding; spans are half-open code-point offsets into source and target."""

    check: str
    severity: Severity
    category: str
    source_span: tuple[int, int] | None
    target_span: tuple[int, int] | None
    message_id: str
    values: Mapping[str, Any] = field(default_factory=dict)
