"""The description of the JSON API, as OpenAPI 3.1."""

from typing import Any

from review_app import __version__

_TEXT = {"type": "string"}
_LANGUAGE = {
    "type": "object",
    "properties": {"tag": _TEXT, "name": _TEXT, "direction": {"enum": ["ltr", "rtl"]}},
    "required": ["tag", "name", "direction"],
}
_PASSAGE = {
    "type": "object",
    "properties": {
        "key": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "place": {"type": "string", "pattern": "^[0-9]+[.][0-9]+$"},
        "kind": {"enum": ["read", "machine", "source"]},
        "source": _TEXT,
        "text": _TEXT,
    },
    "required": ["key", "place", "kind", "source", "text"],
}
_LIST = {
    "type": "object",
    "properties": {
        "site": _TEXT,
        "name": _TEXT,
        "language": _TEXT,
        "languages": {"type": "array", "items": _LANGUAGE},
        "pages": {"type": "array", "items": {"type": "object", "properties": {"path": _TEXT, "title": _TEXT}}},
    },
    "required": ["site", "name", "language", "languages", "pages"],
}
_PAGE_TEXTS = ("site", "path", "language", "title", "description", "html", "address", "original", "published", "sha256")
_PAGE = {
    "type": "object",
    "properties": {
        **dict.fromkeys(_PAGE_TEXTS, _TEXT),
        "direction": {"enum": ["ltr", "rtl"]},
        "languages": {"type": "array", "items": _LANGUAGE},
        "notice": {"type": ["string", "null"]},
        "facts": {"type": ["object", "null"]},
        "passages": {"type": "array", "items": _PASSAGE},
    },
    "required": [*_PAGE_TEXTS, "direction", "languages", "notice", "facts", "passages"],
}
_PARTS = {
    "type": "array",
    "description": 'text, or [n, …]: the block\'s element number n from 0 with its content, or {"source": […]}',
    "items": {},
}
_SWAP = {
    "type": "object",
    "properties": {"key": _TEXT, "parts": _PARTS, "machine": {"type": "boolean"}},
    "required": ["key", "parts", "machine"],
}
_ATTRIBUTE = {
    "type": "object",
    "properties": {"name": _TEXT, "key": _TEXT, "text": _TEXT},
    "required": ["name", "key", "text"],
}
_EMBEDDED_TEXTS = ("site", "path", "source", "answers")
_EMBEDDED = {
    "type": "object",
    "properties": {
        **dict.fromkeys(_EMBEDDED_TEXTS, _TEXT),
        **{name: {"type": ["string", "null"]} for name in ("language", "notice", "contact", "report")},
        "direction": {"enum": ["ltr", "rtl"]},
        "languages": {"type": "array", "items": _LANGUAGE},
        "words": {"type": "object", "additionalProperties": _TEXT},
        "blocks": {"type": ["array", "null"], "items": _SWAP},
        "attributes": {"type": ["array", "null"], "items": _ATTRIBUTE},
    },
    "required": [
        *_EMBEDDED_TEXTS,
        *("language", "notice", "contact", "report", "direction", "languages", "words", "blocks", "attributes"),
    ],
}
_ERROR = {"type": "object", "properties": {"error": _TEXT}, "required": ["error"]}


def document(server: str) -> dict[str, Any]:
    """Return the description, for a server at this address."""
    site = {"name": "site", "in": "path", "required": True, "schema": _TEXT}
    path = {"name": "path", "in": "path", "required": True, "schema": _TEXT, "description": "may hold slashes"}
    asked = {"name": "language", "in": "path", "required": True, "schema": _TEXT, "description": "BCP 47 tag"}
    address = {**path, "name": "address", "description": "the page's path on the website; may hold slashes"}
    language = {"name": "lang", "in": "query", "schema": {**_TEXT, "default": "en"}, "description": "BCP 47 tag"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Published translations", "version": __version__, "license": {"name": "EUPL-1.2"}},
        "servers": [{"url": server}],
        "paths": {
            "/sites/{site}/pages": {
                "get": _operation("The pages that are public in a language", [site, language], _LIST)
            },
            "/sites/{site}/pages/{path}": {"get": _operation("One page in a language", [site, path, language], _PAGE)},
            "/sites/{site}/embed/{language}/{address}": {
                "get": _operation("What to put where of a page of the website", [site, asked, address], _EMBEDDED)
            },
        },
    }


def _operation(summary: str, parameters: list[dict[str, Any]], schema: dict[str, Any]) -> dict[str, Any]:
    def answer(description: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"description": description, "content": {"application/json": {"schema": body}}}

    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": answer("found", schema),
            "304": {"description": "unchanged since the ETag that was sent"},
            "404": answer("not published", _ERROR),
        },
    }
