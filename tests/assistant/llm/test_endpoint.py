"""Where calls go, from the address as its maker names it."""

import pytest

from assistant.llm import Endpoint


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com/v1"),
        ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
        ("http://localhost:11434", "http://localhost:11434/v1"),
        ("http://10.0.0.4:8000/v1", "http://10.0.0.4:8000/v1"),
        ("https://llm.example/team/a/v1", "https://llm.example/team/a/v1"),
        ("https://shop.openai.azure.com", "https://shop.openai.azure.com/openai/v1"),
        ("https://shop.openai.azure.com/openai/v1/", "https://shop.openai.azure.com/openai/v1"),
        (
            "https://shop.openai.azure.com/openai/deployments/gpt/?api-version=2024-06-01",
            "https://shop.openai.azure.com/openai/v1",
        ),
    ],
)
def test_completes_the_address(address: str, url: str) -> None:
    assert Endpoint(address, "m").url == url


@pytest.mark.parametrize(
    ("address", "is_azure", "is_openai", "is_local"),
    [
        ("https://api.openai.com/v1", False, True, False),
        ("https://shop.services.ai.azure.com", True, True, False),
        ("https://azure.com.example/v1", False, False, False),
        ("http://127.0.0.1:8080", False, False, True),
        ("http://[::1]:8080", False, False, True),
    ],
)
def test_knows_whose_it_is(address: str, is_azure: bool, is_openai: bool, is_local: bool) -> None:
    endpoint = Endpoint(address, "m")

    assert (endpoint.is_azure, endpoint.is_openai, endpoint.is_local) == (
        is_azure,
        is_openai,
        is_local,
    )


def test_the_careful_model_answers_quick_questions_where_there_is_no_other() -> None:
    assert Endpoint("http://x", "big").model("quick") == "big"
    assert Endpoint("http://x", "big", "small").model("quick") == "small"
    assert Endpoint("http://x", "big", "small").model("careful") == "big"
