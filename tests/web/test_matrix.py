from datetime import UTC, date, datetime, timedelta

from review_app.review.states import PageState
from review_app.review.views import Assigned, PageHead
from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.web.matrix import ORDERS, Search, rows

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def head(title: str, language: str = "en", **other: object) -> PageHead:
    values: dict[str, object] = {
        "site_slug": "alvby", "site_name": "Älvby", "page_id": sum(map(ord, title)), "path": title.lower(),
        "title": title, "url": "", "content_class": ContentClass.NORMAL, "shared": False, "language": language,
        "policy": LanguagePolicy.MACHINE_AFTER_REVIEW,
        "state": PageState.MACHINE, "segments": 10, "translated": 10, "read": 0, "open_flags": {}, "stale": 0,
        "approved_share": 0.0, "minutes_left": 5, "changed_at": NOON, "published_at": None, "submission_id": None,
    }  # fmt: skip
    return PageHead(**{**values, **other})  # type: ignore[arg-type]


HEADS = [
    head("Bygglov", "ar", state=PageState.WORK, minutes_left=1),
    head("Bygglov", open_flags={"critical": 1}, changed_at=NOON - timedelta(days=9)),
    head("Avfall", open_flags={"minor": 40}, minutes_left=50, stale=2),
    head("Bad och bastu", changed_at=NOON + timedelta(days=1)),
]


def titles(**search: object) -> list[str]:
    return [row.page.title for row in rows(HEADS, Search(**search))]  # type: ignore[arg-type]


def test_a_row_is_a_page_with_its_languages() -> None:
    found = rows(HEADS, Search())
    assert [(row.page.title, sorted(row.cells)) for row in found] == [
        ("Avfall", ["en"]), ("Bad och bastu", ["en"]), ("Bygglov", ["ar", "en"]),
    ]  # fmt: skip


def test_every_word_typed_must_occur_in_title_or_address() -> None:
    assert titles(text="BYGG") == ["Bygglov"]
    assert titles(text="bastu bad") == ["Bad och bastu"]
    assert titles(text="bastu bygg") == []


def test_a_state_in_any_language_keeps_the_page() -> None:
    assert titles(state="work") == ["Bygglov"]
    assert titles(state="stale") == ["Avfall"]
    assert titles(state="work", language="en") == []


def test_flagged_only_and_by_language() -> None:
    assert titles(flagged=True) == ["Avfall", "Bygglov"]
    assert titles(flagged=True, language="ar") == []


def test_rows_are_searched_by_who_has_them_and_ordered_by_the_day_they_are_due() -> None:
    heads = [
        head("Bygglov", assigned=Assigned(7, "Anna", date(2026, 12, 24), whole_site=False)),
        head("Avfall", assigned=Assigned(8, "Åke", None, whole_site=True)),
        head("Skola", assigned=Assigned(8, "Åke", date(2026, 12, 1), whole_site=False)),
        head("Bad"),
    ]

    def found(**search: object) -> list[str]:
        return [row.page.title for row in rows(heads, Search(me=7, **search))]  # type: ignore[arg-type]

    assert found(who="me") == ["Bygglov"]
    assert found(who="8") == ["Avfall", "Skola"]
    assert found(who="nobody") == ["Bad"]
    assert found(order="due") == ["Skola", "Bygglov", "Avfall", "Bad"]


def test_orders() -> None:
    assert titles(order="flags")[0] == "Bygglov", "one critical flag weighs more than forty minor ones"
    assert titles(order="minutes")[0] == "Avfall"
    assert titles(order="changed")[0] == "Bad och bastu"
    assert titles(order="nonsense") == titles(order="path")
    assert set(ORDERS) == {"path", "flags", "minutes", "visits", "changed", "due"}
