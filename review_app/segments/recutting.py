"""Cuts pages anew where people decided otherwise: each gets a new version of the same bytes, in other sentences."""

from sqlalchemy.orm import Session

from review_app.db import hold
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.pages.document import Document
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import body_of, newest_version, store_again
from review_app.segments.cutting import cut, sentences
from review_app.segments.decided import active_rules, note_rules
from review_app.segments.rules import Rule, cut_places, rule_to_cut, rule_to_join
from review_app.segments.runs import protected
from review_app.segments.service import occurrences_of, settle
from review_app.sites.tables import Site
from review_app.text.placeholders import Part, tokenise

_TORN = N_("A link or another marked passage goes on there. Cut before it or after it.")
_NOWHERE = N_("The sentence cannot be cut there. Choose the word that the second sentence begins with.")


def rule_for_cut(session: Session, site_id: int, version_id: int, whole: str, at: int) -> Rule:
    """Return the rule that cuts a sentence of a page version before a character; raises ``BadInput``."""
    if at not in cut_places(whole):
        raise BadInput(_TORN if _is_inside_markup(whole, at) else _NOWHERE)
    for block, found in sentences(_document(session, version_id), active_rules(session, site_id)):
        rule = None if block.attribute else rule_to_cut(found, whole, at)
        if rule:
            return rule
    raise BadInput(N_("This text stands where it is written as a whole, as a picture's description. It cannot be cut."))


def rule_for_join(session: Session, site_id: int, version_id: int, left: str, right: str) -> Rule:
    """Return the rule that makes one sentence of two neighbours on a page version; raises ``BadInput``."""
    for block, found in sentences(_document(session, version_id), active_rules(session, site_id)):
        rule = rule_to_join(protected(block.runs), found, left, right)
        if rule:
            return rule
    raise BadInput(
        N_("These sentences cannot be joined: they do not follow each other in one paragraph, or markup parts them.")
    )


def recut_page(session: Session, site_id: int, page_id: int, *, anyway: bool = False) -> bool:
    """Cut a page's newest version by the rules that hold now; returns whether that made another of it.

    ``anyway``: also where it has the same sentences, because which places are set apart has changed.
    A sentence that stands as it stood before keeps its segment; one that stood in an earlier version gets it back.
    """
    hold(session, Site.id, [site_id])
    version = newest_version(session, page_id)
    if version is None:
        return False
    document = _document(session, version.id)
    applied = set[int]()
    cuts = cut(document, active_rules(session, site_id), applied)
    before = [(one.block, one.position, one.source) for one in occurrences_of(session, version.id)]
    if not anyway and before == [(piece.block, piece.position, piece.text) for piece in cuts]:
        return False
    again = store_again(session, version, document)
    settle(session, site_id, again, document, cuts, same_text=True)
    note_rules(session, again.id, applied)
    session.flush()
    return True


def _is_inside_markup(text: str, at: int) -> bool:
    """Whether a place of a segment's text is inside a placeholder, or between the two of a pair."""
    depth = 0
    for piece in tokenise(text):
        if piece.end > at:
            return depth > 0 or (piece.part is not Part.TEXT and piece.start < at)
        depth += (piece.part is Part.OPEN) - (piece.part is Part.CLOSE)
    return False


def _document(session: Session, version_id: int) -> Document:
    return parse_guarded(*body_of(session, version_id))
