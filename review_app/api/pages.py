"""Published pages as JSON: for a publishing system, for the chooser on the customer's own page. Reading only."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request, url_for

from review_app.api.openapi import document
from review_app.errors import ReviewAppError
from review_app.languages import get_language
from review_app.publishing.notice import ANSWERS, EMBED_WORDS, UNCONFIRMED
from review_app.publishing.public import (
    Embedded,
    PublicPage,
    embedded_page,
    notice_of,
    place_of,
    public_index,
    public_page,
    published_passages,
)
from review_app.text.normalise import source_hash
from review_app.web.context import db, work
from review_app.web.errors import status_of

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

CACHE_SECONDS = 60
"""How long a cache may hold what was withdrawn meanwhile; with its ETag it then asks."""

KEY_LENGTH = 16
"""Hexadecimal digits of a passage's key."""


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe this interface."""
    return make_response(jsonify(document(url_for("api.openapi", _external=True).rsplit("/", 1)[0])))


@blueprint.get("/sites/<site>/pages")
def pages(site: str) -> Response:
    """List the pages that are public in a language."""
    language = request.args.get("lang", "en")
    found, listed, languages = public_index(db(), site, language)
    return _cached(
        {
            "site": found.slug,
            "name": found.name,
            "language": language,
            "languages": _languages(languages),
            "pages": [{"path": one.path, "title": one.title} for one in listed],
        }
    )


@blueprint.get("/sites/<site>/pages/<path:path>")
def page(site: str, path: str) -> Response:
    """Show one page in a language: its content, its passages with keys, and the notice in the reader's language."""
    language = request.args.get("lang", "en")
    shown = public_page(db(), site, language, path)
    return _cached(_page(shown))


@blueprint.get("/sites/<site>/embed/<language>/<path:address>")
def embed(site: str, language: str, address: str) -> Response:
    """Tell a page of the website in which languages it is public, and what to put where of it in one of them.

    A page that is not public is told so by an empty list: to the website, that is no error.
    """
    found = embedded_page(db(), site, language, address)
    response = _cached(_embedded(found))
    if not found.languages:  # anybody can ask for any address: such answers are not worth keeping
        response.headers["Cache-Control"] = f"max-age={CACHE_SECONDS}"
    return response


@blueprint.errorhandler(ReviewAppError)
def refused(error: ReviewAppError) -> Response:
    """Tell an error as JSON, in English."""
    work().roll_back()
    return make_response(jsonify(error=error.template.format(**error.values)), status_of(error))


@blueprint.after_request
def open_for_reading(response: Response) -> Response:
    """Let pages of any origin read this; there are no credentials to send along."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def key_of(source: str) -> str:
    """Return what a passage is known by: the beginning of the SHA-256 of its normalised source, in hex."""
    return source_hash(source)[:KEY_LENGTH]


def _page(shown: PublicPage) -> dict[str, Any]:
    passages = published_passages(db(), shown)
    return {
        "site": shown.site.slug,
        "path": shown.path,
        "language": shown.language,
        "direction": get_language(shown.language).direction,
        "languages": _languages(shown.languages),
        "title": shown.title,
        "description": shown.description,
        "html": shown.html,
        "notice": notice_of(shown),
        "facts": shown.facts.as_json() if shown.facts else None,
        "passages": [
            {
                "key": key_of(one["source"]),
                "place": place_of(one),
                "kind": one["kind"],
                "source": one["source"],
                "text": one["text"],
            }
            for one in passages
        ],
        "address": url_for(
            "publishing.page", site=shown.site.slug, language=shown.language, path=shown.path, _external=True
        ),
        "original": shown.original_url,
        "published": shown.published_at.isoformat(),
        "sha256": shown.content_hash,
    }


def _embedded(found: Embedded) -> dict[str, Any]:
    page, swaps, site, say = found.page, found.swaps, found.site, found.wording.say
    language = page.language if page else None
    told = "" if site.contact_address else site.contact
    unconfirmed = say(UNCONFIRMED) if page and not found.wording.confirmed else ""
    place = {"site": site.slug, "language": language, "path": found.path}
    return {
        "site": site.slug,
        "path": found.path,
        "source": site.source_language,
        "language": language,
        "direction": get_language(language or site.source_language).direction,
        "languages": _languages(found.languages),
        "notice": notice_of(page) if page else None,
        "answers": " ".join(filter(None, [say(ANSWERS).format(body=site.responsible), told, unconfirmed])),
        "contact": site.contact_address or None,
        "report": url_for("publishing.tell", **place, _external=True) if page else None,
        "words": {name: say(message) for name, message in EMBED_WORDS.items()},
        "blocks": [asdict(swap) for swap in swaps.blocks] if swaps else None,
        "attributes": [swap._asdict() for swap in swaps.attributes] if swaps else None,
    }


def _languages(tags: tuple[str, ...]) -> list[dict[str, str]]:
    found = [get_language(tag) for tag in tags]
    return [{"tag": one.tag, "name": one.own_name, "direction": one.direction} for one in found]


def _cached(body: dict[str, Any]) -> Response:
    response = make_response(jsonify(body))
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    response.add_etag()
    response.make_conditional(request)
    return response
