"""Two writers that met are told from a program that breaks the tables' rules: only the first is worth another try."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from review_app.db import is_away, is_clash
from tests.houses import House

SAME = "INSERT INTO site_language (site_id, language, policy) SELECT site_id, language, policy FROM site_language"
GONE = "INSERT INTO site_language (site_id, language, policy) VALUES (987654, 'en', 'machine_after_review')"
EMPTY = "UPDATE site SET name = NULL"


@pytest.mark.parametrize(("statement", "met"), [(SAME, True), (GONE, True), (EMPTY, False)])
def test_what_the_database_refuses(house: House, statement: str, met: bool) -> None:
    with pytest.raises(IntegrityError) as refused, house.database.writing() as session:
        session.execute(text(statement))
    assert (is_clash(refused.value), is_away(refused.value)) == (met, False)
