"""Where the styles and scripts of the pages lie."""

from pathlib import Path

STATIC_FILES = Path(__file__).parent / "static"
