"""Charsets: byte order mark, then header, then meta, then the bytes themselves; nothing is ever lost on the way."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.errors import BadPage
from review_app.pages.decode import CODECS, byte_order_mark, decode, encode

SWEDISH = "<p>Återvinning på Öland för små fåglar: åäö ÅÄÖ é: 10 €</p>"


def with_meta(charset: str) -> str:
    return f'<!doctype html><html><head><meta charset="{charset}"></head><body>{SWEDISH}</body></html>'


@pytest.mark.parametrize(
    ("body", "declared", "codec"),
    [
        (codecs.BOM_UTF8 + SWEDISH.encode(), "iso-8859-1", "utf-8"),
        (codecs.BOM_UTF16_LE + SWEDISH.encode("utf-16-le"), "utf-8", "utf-16-le"),
        (codecs.BOM_UTF16_BE + SWEDISH.encode("utf-16-be"), None, "utf-16-be"),
        (with_meta("utf-8").encode("cp1252"), "windows-1252", "cp1252"),
        (with_meta("iso-8859-1").encode(), "UTF-8", "utf-8"),
        (with_meta("iso-8859-1").encode("cp1252"), None, "cp1252"),
        (with_meta("ISO-8859-15").encode("iso8859-15"), None, "iso8859-15"),
        (with_meta("utf-16").encode(), None, "utf-8"),
        (SWEDISH.encode(), None, "utf-8"),
        (SWEDISH.encode("cp1252"), None, "cp1252"),
        (b"<p>only ASCII</p>", None, "utf-8"),
    ],
    ids="bom-before-header bom16le bom16be header-before-meta header-before-wrong-meta meta meta-latin-9 meta-utf16 "
    "bytes-utf8 bytes-latin ascii".split(),
)
def test_the_order_of_the_standard(body: bytes, declared: str | None, codec: str) -> None:
    text, read_with = decode(body, declared)
    assert read_with == codec
    assert "\ufeff" not in text
    assert SWEDISH in text or "only ASCII" in text
    assert byte_order_mark(body) + encode(text, codec) == body


@pytest.mark.parametrize("label", ["latin1", "ISO-8859-1", "us-ascii", ' "windows-1252" ', "iso_8859-1:1987"])
def test_every_name_of_latin_1_means_windows_1252_as_in_browsers(label: str) -> None:
    assert decode("<p>10 € – åäö".encode("cp1252"), label) == ("<p>10 € – åäö", "cp1252")


@pytest.mark.parametrize("label", ["utf-7", "rot13", "idna", "hex", "nonsense", "x\0y", ""])
def test_a_charset_nobody_may_ask_for_counts_as_none(label: str) -> None:
    assert decode(SWEDISH.encode(), label) == (SWEDISH, "utf-8")


def test_a_meta_in_a_comment_or_far_down_declares_nothing() -> None:
    commented = f'<!-- <meta charset="koi8-r"> -->{SWEDISH}'
    far_down = "<p>x</p>" * 200 + '<meta charset="koi8-r">' + SWEDISH
    assert decode(commented.encode())[1] == "utf-8"
    assert decode(far_down.encode())[1] == "utf-8"


def test_the_meta_that_old_pages_have() -> None:
    page = '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=ISO-8859-2"><p>Zażółć ör'
    assert decode(page.encode("iso8859-2")) == (page, "iso8859-2")


def test_bytes_that_are_not_in_the_declared_charset_are_refused_with_their_place() -> None:
    with pytest.raises(BadPage, match="said to be utf-8, but byte 3 is not"):
        decode("<p>å".encode("cp1252"), "utf-8")


def test_utf_8_that_is_said_to_be_latin_is_refused_not_garbled() -> None:
    with pytest.raises(BadPage, match="said to be ISO-8859-1, but its bytes are UTF-8"):
        decode(SWEDISH.encode(), "iso-8859-1")


def test_what_the_page_s_charset_lacks_becomes_a_character_reference() -> None:
    assert encode("Łódź, 你好, اللغة", "cp1252") == (
        b"&#321;\xf3d&#378;, &#20320;&#22909;, &#1575;&#1604;&#1604;&#1594;&#1577;"
    )
    assert encode("Łódź", "utf-8") == "Łódź".encode()


@given(st.binary(max_size=40))
def test_windows_1252_takes_every_byte_and_gives_it_back(body: bytes) -> None:
    body = b"\xe5 " + body  # never UTF-8: that would be refused
    text, codec = decode(body, "windows-1252")
    assert encode(text, codec) == body


@given(st.binary(max_size=40), st.sampled_from([None, *sorted(CODECS), "gb2312", "shift_jis", "utf-16"]))
def test_no_bytes_do_worse_than_be_refused(body: bytes, declared: str | None) -> None:
    try:
        text, codec = decode(body, declared)
    except BadPage:
        return
    assert codec in CODECS
    assert isinstance(encode(text, codec), bytes)
