"""Finds what ships beside the code: ``templates/`` and ``corpus/``, in a checkout or in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_SHIPPED = _PACKAGE / "_shipped"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
CORPUS = _ROOT / "corpus"
DEMO_CORPUS = CORPUS / "demo"
MODELS = CORPUS / "models"
