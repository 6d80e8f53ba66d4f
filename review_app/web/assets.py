"""Static files: each address carries a hash of the file's content, so that browsers may keep it for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

YEAR_SECONDS = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Put hashes into addresses of static files, and let browsers keep what was asked for by its hash."""
    folder = Path(app.static_folder or "")

    @app.url_defaults
    def add_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            found = content_hash(folder / values["filename"])
            if found:
                values["v"] = found

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            asked = request.args.get("v")
            current = content_hash(folder / (request.view_args or {}).get("filename", ""))
            if asked and asked == current:
                response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
            else:
                response.headers["Cache-Control"] = "no-cache"
        return response


def content_hash(path: Path) -> str | None:
    """Return a short hash of a file's content, or nothing when there is no such file."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return _hash(path, stat.st_mtime_ns, stat.st_size) if path.is_file() else None


@lru_cache(maxsize=256)
def _hash(path: Path, _changed_at: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
