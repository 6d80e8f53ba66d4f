"""Finds what ships beside the code: ``templates/`` and ``corpus/``, in a checkout or a wheel; and a cache folder."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_SHIPPED = _PACKAGE / "_shipped"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
CORPUS = _ROOT / "corpus"
DEMO_CORPUS = CORPUS / "demo"
MODELS = CORPUS / "models"


def cache_folder() -> Path | None:
    """Return where this machine keeps what can be worked out again; none for a person without a home."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ".cache" / "review-app"
