import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion import decoding
from ingestion.errors import MalformedSource

GERMAN = "Ich fand die Größe nicht, das Menü war überladen. Ärgerlich!"
FRENCH = "Le délai m’a déçue, ça coûte trop cher à la fin."
PORTUGUESE = "Não consegui concluir a inscrição, o botão não reagia."
RUSSIAN = "Интервьюер: Что мешало? Я не нашёл цену 1 раз."
CHINESE = "访谈者:您觉得哪里不方便? 我找不到价格,只好打电话问客服。"
JAPANESE = "価格が見つかりませんでした。とても残念です。"
POLISH = "Nie mogłem znaleźć ceny, więc zadzwoniłem do obsługi. Było to bardzo uciążliwe."


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "utf-32"),
        (GERMAN, "latin-1"),
        (FRENCH, "cp1252"),
        (PORTUGUESE, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16-le"),
        (JAPANESE, "shift-jis"),
        (JAPANESE, "euc-jp"),
        (POLISH, "cp1250"),
    ],
)
def test_reads_back_what_was_written(text: str, written: str) -> None:
    assert decoding.decode(text.encode(written))[0] == text


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        pytest.param(b"", "utf-8", id="nothing"),
        pytest.param(b"plain", "utf-8", id="ASCII"),
        pytest.param(codecs.BOM_UTF8 + b"x", "utf-8-sig", id="byte order mark"),
        pytest.param("é".encode()[:1], "utf-8", id="cut inside a character"),
        pytest.param("很贵,不值。".encode("gb18030")[:-1], "gb18030", id="cut inside a hanzi"),
        pytest.param(b"a\x00b", "utf-8", id="one zero byte in UTF-8"),
        pytest.param("на дом".encode("utf-16-le")[:-1], "utf-16-le", id="cut inside a pair"),
    ],
)
def test_tells_the_encoding_from_the_first_bytes(data: bytes, codec: str) -> None:
    assert decoding.detect(data) == codec


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(codecs.BOM_UTF8 + b"a\n\nb\xff", 3, id="declared UTF-8, and is not"),
        pytest.param(b"a\n" + bytes(range(11, 32)) * 4 + b"\x81", 2, id="bytes that are no text"),
    ],
)
def test_refuses_what_is_no_text_and_says_where(data: bytes, line: int) -> None:
    with pytest.raises(MalformedSource) as refusal:
        decoding.decode(data)

    assert refusal.value.line == line


@given(st.text(st.characters(exclude_categories=["C"])))
def test_unicode_comes_back_whole(text: str) -> None:
    assert decoding.decode(text.encode()) == (text, "utf-8")


@given(st.binary())
def test_never_fails_but_by_refusing(data: bytes) -> None:
    try:
        text, codec = decoding.decode(data)
    except MalformedSource:
        return
    assert data.decode(codec) == text
