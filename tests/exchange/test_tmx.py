"""TMX of other programs, our own, and files that mean harm."""

from datetime import UTC, datetime

import pytest

from review_app.errors import BadFile
from review_app.exchange.tmx import Unit, read_tmx, write_tmx
from tests.shared_data import SHARED_DATA, needs_shared_data

WHEN = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)


def test_what_is_written_is_read_again() -> None:
    units = [
        Unit({"sv": "Läs <1>mer & annat</1> här<2/>.", "en": "Read <1>more</1> here<2/>."}, WHEN),
        Unit({"sv": "=1+1 < 3", "ar": "نعم\x0b"}),
    ]
    read = list(read_tmx("a.tmx", b"".join(write_tmx(units, "sv", "1.0"))))
    assert read == [units[0], Unit({"sv": "=1+1 < 3", "ar": "نعم"})]


def test_codes_that_are_the_same_in_both_languages_have_one_number() -> None:
    body = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>
    <tu><tuv xml:lang="SV_se"><seg>Den <bpt i="1" x="7">&lt;b&gt;</bpt>stora<ept i="1">&lt;/b&gt;</ept>
      <hi>katten</hi><ph x="2">{br}</ph></seg></tuv>
    <tuv lang="EN"><seg>The cat<ph x="2"/> <it pos="begin">x</it>sleeps<ept i="5"/></seg></tuv></tu></body></tmx>"""
    (unit,) = read_tmx("a.tmx", body.encode())
    assert unit.texts == {"sv-se": "Den <1>stora</1> katten<2/>", "en": "The cat sleeps"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "is not valid XML"),
        (b"<html/>", "begins with <html>"),
        (b"<tmx>" + b"<x>" * 100_000, "is not valid XML"),
        (b'<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><tmx/>', "declares entities"),
        (b'<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx/>', "declares entities"),
        (
            b'<!DOCTYPE tmx SYSTEM "a.dtd"><tmx><tu><tuv xml:lang="sv"><seg>&a;</seg></tuv></tu></tmx>',
            "entity of its own",
        ),
    ],
)
def test_what_is_no_tmx_or_means_harm_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        list(read_tmx("a.tmx", body))


@needs_shared_data
def test_files_of_real_programs_are_read_or_refused_in_a_sentence() -> None:
    read = refused = 0
    for file in sorted((SHARED_DATA / "exchange").rglob("*.tmx")):
        try:
            read += len(list(read_tmx(file.name, file.read_bytes())))
        except BadFile:
            refused += 1
    assert (read > 400, refused) == (True, 2)  # two that are not well-formed
