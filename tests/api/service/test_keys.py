"""What a visitor holds cannot be told from anything that is public or kept."""

import hashlib
import hmac
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.service import keys

SECRET = b"s" * 32
texts = st.text(min_size=1, max_size=40)


@given(survey=texts, key=texts)
def test_the_same_opening_holds_the_same(survey: str, key: str) -> None:
    held = keys.derive(SECRET, survey, key)

    assert held == keys.derive(SECRET, survey, key)
    assert held != keys.derive(SECRET, survey, key + "x")
    assert held != keys.derive(b"t" * 32, survey, key)


@given(key=texts)
def test_a_code_can_be_typed_in(key: str) -> None:
    code = keys.derive(SECRET, "sv_1", key).withdrawal_code

    assert re.fullmatch(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", code)
    assert keys.written(code.lower().replace("-", " ")) == code


SIGNATURE = hmac.new(b"shop", b"p03", hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("visitor", "signature", "is_signed"),
    [
        pytest.param("p03", SIGNATURE, True, id="the shop's"),
        pytest.param("p03", SIGNATURE.upper(), True, id="in capitals"),
        pytest.param("p04", SIGNATURE, False, id="another visitor's"),
        pytest.param("p03", SIGNATURE[:-1], False, id="cut"),
        pytest.param("p03", "é" * 64, False, id="not hexadecimal"),
        pytest.param("p03", None, False, id="none"),
        pytest.param(None, SIGNATURE, False, id="nobody"),
        pytest.param("", hmac.new(b"shop", b"", hashlib.sha256).hexdigest(), False, id="no name"),
    ],
)
def test_only_the_shop_vouches(visitor: str | None, signature: str | None, is_signed: bool) -> None:
    assert keys.is_signed("shop", visitor, signature) == is_signed
