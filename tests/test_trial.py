"""Where the sandbox can be reached."""

from __future__ import annotations

import pytest

from bot.errors import ConfigurationError
from bot.trial import on_this_machine

ADDRESSES = [
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ("http://[::1]:8080", "http://[::1]:8080"),
    ("http://0.0.0.0:8080", "http://127.0.0.1:8080"),
    ("http://[::]:8080", "http://[::1]:8080"),
]


@pytest.mark.parametrize(("listening", "called"), ADDRESSES)
def test_a_sandbox_on_all_addresses_is_called_by_this_machines_own(listening: str, called: str) -> None:
    assert on_this_machine(listening) == called


def test_a_sandbox_on_an_address_of_the_network_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"^LISTEN: '192\.0\.2\.7:8080' "):
        on_this_machine("http://192.0.2.7:8080")
