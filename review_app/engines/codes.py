"""What engines call languages: an exact tag first, else the language alone, never in another script than asked for."""

from collections.abc import Collection, Mapping

from babel.core import get_global


def code_for(tag: str, own: Mapping[str, str], listed: Collection[str]) -> str | None:
    """Return an engine's code for a language tag; nothing when it lists none that is written in the tag's script.

    ``own``: its codes by tag, where it has another than the tag itself; ``listed``: tags that are its codes.
    """
    primary, script = tag.split("-", maxsplit=1)[0].lower(), script_of(tag)
    names = [tag, f"{primary}-{script}"] + ([primary] if script == script_of(primary) else [])
    return next((own.get(name, name) for name in names if name in own or name in listed), None)


def script_of(tag: str) -> str | None:
    """Return the script that a tag names, or that its language is written in there: ``zh-TW`` is ``Hant``."""
    primary, *rest = tag.split("-")
    named = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), None)
    if named:
        return named
    likely = get_global("likely_subtags")
    places = [f"{primary.lower()}_{part.upper()}" for part in rest] + [primary.lower()]
    found = next((likely[place] for place in places if place in likely), "")
    return next((part for part in found.split("_")[1:] if len(part) == 4), None)
