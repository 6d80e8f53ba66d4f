"""A place set apart is found again in a later version of its page by what stands around it."""

from review_app.segments.own_places import OwnPlace, around, found_again

TEXTS = ["Öppet", "Läs mer", "Bad", "Läs mer", "Skola", "Läs mer"]


def apart(texts: list[str], at: int, place_id: int = 1) -> OwnPlace:
    return OwnPlace(place_id, place_id * 10, texts[at], *around(texts, at))


def places(found: dict[int, OwnPlace]) -> dict[int, int]:
    return {at: place.id for at, place in found.items()}


def test_what_stands_around_a_place_is_what_it_is_known_by() -> None:
    assert around(TEXTS, 3) == ("Bad", "Skola", 1)
    assert around(TEXTS, 5) == ("Skola", "", 2)


def test_a_place_is_found_where_its_neighbours_went() -> None:
    moved = ["Skola", "Läs mer", "Öppet", "Läs mer", "Bad", "Läs mer"]
    assert places(found_again([apart(TEXTS, 1)], moved)) == {3: 1}
    assert places(found_again([apart(TEXTS, 5)], moved)) == {1: 1}


def test_of_places_without_known_neighbours_the_number_tells() -> None:
    assert places(found_again([apart(TEXTS, 3)], ["A", "Läs mer", "B", "Läs mer", "C"])) == {3: 1}


def test_two_places_never_share_one_and_what_is_gone_is_not_found() -> None:
    both = [apart(TEXTS, 1), apart(TEXTS, 3, 2)]
    assert places(found_again(both, TEXTS)) == {1: 1, 3: 2}
    assert places(found_again(both, ["Bad", "Läs mer", "Skola"])) == {1: 2}
    assert found_again(both, ["Bad"]) == {}
