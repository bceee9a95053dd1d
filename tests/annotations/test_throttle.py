"""How often strangers may do something: counted by client, not by proxy or address of a network."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from annotations.throttle import may_again

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def from_address(address: str, **headers: str) -> bool:
    request = RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)
    return may_again(request, "test", times=2)


def test_so_many_times_for_each_client() -> None:
    assert [from_address("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert from_address("192.0.2.2")


def test_each_action_is_counted_by_itself() -> None:
    request = RequestFactory().post("/")
    assert may_again(request, "one", times=1)
    assert may_again(request, "other", times=1)
    assert not may_again(request, "one", times=1)


def test_a_slot_is_free_again_after_its_time() -> None:
    request = RequestFactory().post("/")
    assert may_again(request, "test", times=1, seconds=-1)
    assert may_again(request, "test", times=1)


def test_a_network_that_one_client_has_to_itself_is_one_client() -> None:
    addresses = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::2", "2001:db8:1:2::3"]
    assert [from_address(one) for one in addresses] == [True, True, False]
    assert from_address("2001:db8:1:3::1")


def test_what_a_client_says_of_its_address_counts_only_behind_a_proxy(settings: Settings) -> None:
    forged = [from_address("192.0.2.1", x_forwarded_for=f"198.51.100.{n}") for n in range(3)]
    assert forged == [True, True, False]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind = [from_address("192.0.2.1", x_forwarded_for=f"198.51.100.{n}") for n in range(3)]
    assert behind == [True, True, True]
